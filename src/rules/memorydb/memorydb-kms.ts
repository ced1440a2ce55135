import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const cluster = (properties: object) => ({ Data: { Type: 'AWS::MemoryDB::Cluster', Properties: { ...properties } } });

/** A warning: MemoryDB encrypts every cluster, and without this setting with a key that AWS owns. */
export default defineRule({
  id: 'MemoryDB.2',
  slug: 'memorydb-kms',
  title: 'MemoryDB clusters are encrypted with a KMS key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::MemoryDB::Cluster'],
  rationale:
    'The use of a key of the account is in the audit trail, and it can be denied or disabled; a key that AWS owns shows and allows neither.',
  remediation: 'Set `kmsKeyId` of `memorydb.CfnCluster`. A deployed cluster is replaced by that change.',
  references: ['ElectricEye MemoryDB.2', 'Checkov CKV_AWS_201', 'NIST 800-53 SC-12'],
  check: (resource) => resource.at('KmsKeyId').mustBeSet('a KMS key'),
  examples: {
    pass: {
      'a key of the template is used': {
        ...cluster({ KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
        Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
      },
      'a key is named': cluster({ KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/orders' }),
    },
    fail: {
      'the key is not mentioned': cluster({}),
      'the key is missing in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ KmsKeyId: { 'Fn::If': ['IsProduction', 'alias/orders', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'the key is a parameter that may be empty': {
        Parameters: { Key: { Type: 'String' } },
        Resources: cluster({ KmsKeyId: { Ref: 'Key' } }),
      },
    },
  },
});
