import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { lifecycleRule, OLD_VERSION_ACTIONS } from '../shared/lifecycle-rules';

const bucket = (rules: JsonObject[], Status: Json = 'Enabled') => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: { VersioningConfiguration: { Status }, LifecycleConfiguration: { Rules: rules } },
  },
});
const EXPIRE = { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } };

export default defineRule({
  id: 'S3.10',
  slug: 's3-bucket-version-lifecycle',
  title: 'Versioned S3 buckets have a lifecycle rule for old versions',
  criteria: [Criterion.C1_2],
  control: 'data-retention',
  severity: 'warning',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale:
    'A deleted object lives on as an old version; without a rule, confidential data is kept for ever after it was disposed of.',
  remediation: 'Add a lifecycle rule with `noncurrentVersionExpiration` or `noncurrentVersionTransitions` to the bucket.',
  references: ['Security Hub S3.10', 'AWS Config S3_VERSION_LIFECYCLE_POLICY_CHECK', 'Control Tower CT.S3.PR.3'],
  applies: (bucket) => !bucket.at('VersioningConfiguration.Status').isAbsent,
  check: (bucket) => {
    const status = bucket.at('VersioningConfiguration.Status');
    const expected = 'an enabled lifecycle rule for old versions';
    const findings = lifecycleRule(bucket, OLD_VERSION_ACTIONS, expected);
    return findings.length > 0 && status.isUnknown ? [status.undetermined(expected)] : findings;
  },
  examples: {
    pass: {
      'old versions expire': bucket([EXPIRE]),
      'old versions move to colder storage': bucket([
        {
          Status: 'Enabled',
          NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }],
        },
      ]),
      'versions that were kept before versioning was suspended expire': bucket([EXPIRE], 'Suspended'),
    },
    fail: {
      'there are no rules': bucket([]),
      'only current versions expire': bucket([{ Status: 'Enabled', ExpirationInDays: 365 }]),
      'the rule is disabled': bucket([{ ...EXPIRE, Status: 'Disabled' }]),
    },
    undetermined: {
      'the status of the rule is a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: bucket([{ ...EXPIRE, Status: { Ref: 'Status' } }]),
      },
      'versioning is a parameter': { Parameters: { Status: { Type: 'String' } }, Resources: bucket([], { Ref: 'Status' }) },
    },
  },
});
