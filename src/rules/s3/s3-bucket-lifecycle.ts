import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { lifecycleRule, OLD_VERSION_ACTIONS } from '../shared/lifecycle-rules';

const ACTIONS = ['ExpirationInDays', 'ExpirationDate', 'Transitions', 'Transition', ...OLD_VERSION_ACTIONS];
const bucket = (...rules: JsonObject[]) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: rules } } },
});

export default defineRule({
  id: 'S3.11',
  slug: 's3-bucket-lifecycle',
  title: 'S3 buckets have a rule for when objects expire or move',
  criteria: [Criterion.C1_2],
  control: 'data-retention',
  severity: 'warning',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale:
    'A retention period that nothing carries out is a promise only; a lifecycle rule disposes of data when its time is up.',
  remediation: 'Give the bucket `lifecycleRules` with `expiration`, `transitions` or `noncurrentVersionExpiration`.',
  references: ['Security Hub S3.13', 'AWS Config S3_LIFECYCLE_POLICY_CHECK', 'Control Tower CT.S3.PR.6'],
  check: (bucket) => lifecycleRule(bucket, ACTIONS, 'an enabled lifecycle rule that expires or moves objects'),
  examples: {
    pass: {
      'objects expire': bucket({ Status: 'Enabled', ExpirationInDays: 365 }),
      'objects move to colder storage': bucket({
        Status: 'Enabled',
        Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }],
      }),
      'one of two rules is enabled': bucket(
        { Status: 'Disabled', ExpirationInDays: 30 },
        { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
      ),
    },
    fail: {
      'there are no rules': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'the rule is disabled': bucket({ Status: 'Disabled', ExpirationInDays: 365 }),
      'only incomplete uploads are removed': bucket({
        Status: 'Enabled',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      }),
    },
    undetermined: {
      'the status of the rule is a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: bucket({ Status: { Ref: 'Status' }, ExpirationInDays: 365 }),
      },
    },
  },
});
