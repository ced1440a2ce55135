import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { lifecycleRule } from '../shared/lifecycle-rules';

const bucket = (...rules: JsonObject[]) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: rules } } },
});
const ABORT = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } };

export default defineRule({
  id: 'S3.16',
  slug: 's3-bucket-abort-uploads',
  title: 'S3 buckets dispose of uploads that were never completed',
  criteria: [Criterion.C1_2],
  control: 'data-retention',
  severity: 'info',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'Parts of an upload that broke off are data that no listing shows and no other rule of the bucket disposes of.',
  remediation: 'Add `{ abortIncompleteMultipartUploadAfter: Duration.days(7) }` to the `lifecycleRules` of the bucket.',
  references: ['Checkov CKV_AWS_300', 'AWS Well-Architected COST04-BP05'],
  check: (bucket) =>
    lifecycleRule(bucket, ['AbortIncompleteMultipartUpload'], 'an enabled lifecycle rule that removes incomplete uploads'),
  examples: {
    pass: { 'incomplete uploads are removed': bucket({ Status: 'Enabled', ...ABORT }) },
    fail: {
      'there are no rules': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'the rule is disabled': bucket({ Status: 'Disabled', ...ABORT }),
      'only objects expire': bucket({ Status: 'Enabled', ExpirationInDays: 365 }),
    },
    undetermined: { 'the status is a parameter': byParameter((Status) => bucket({ Status, ...ABORT })) },
  },
});
