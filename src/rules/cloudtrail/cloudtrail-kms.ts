import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const trail = (properties: object) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'trail-logs', IsLogging: true, ...properties } },
});

export default defineRule({
  id: 'CloudTrail.4',
  slug: 'cloudtrail-kms',
  title: 'Trail logs are encrypted with a KMS key of the customer',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'log-protection',
  severity: 'warning',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale:
    'Who may read the audit log is then decided twice, by the bucket and by the key, and each decryption leaves a trace of its own.',
  remediation: 'Set `encryptionKey` of the `Trail` to a `kms.Key` whose policy lets CloudTrail encrypt.',
  references: [
    'Security Hub CloudTrail.2',
    'AWS Config CLOUD_TRAIL_ENCRYPTION_ENABLED',
    'CIS AWS Foundations 3.5',
    'cdk-nag CloudTrailEncryptionEnabled',
    'checkov CKV_AWS_35',
  ],
  check: (trail) => trail.at('KMSKeyId').mustBeSet('a KMS key'),
  examples: {
    pass: {
      'a key of the template is used': {
        ...trail({ KMSKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
        Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
      },
      'a key is named by its alias': trail({ KMSKeyId: 'alias/trail' }),
    },
    fail: { 'no key is given': trail({}), 'the key is empty': trail({ KMSKeyId: '' }) },
    undetermined: {
      'the key is a parameter that may be empty': {
        Parameters: { Key: { Type: 'String' } },
        Resources: trail({ KMSKeyId: { Ref: 'Key' } }),
      },
    },
  },
});
