import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const topic = (properties: object) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: { ...properties } } });

export default defineRule({
  id: 'SNS.1',
  slug: 'sns-encrypted',
  title: 'SNS topics encrypt messages with a KMS key',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::SNS::Topic'],
  rationale: 'SNS encrypts its disks in any case; a KMS key adds a permission of its own and a record of every use.',
  remediation:
    'Set `masterKey`, and let the services that publish to the topic use the key; services cannot use `alias/aws/sns`.',
  references: [
    'Security Hub SNS.1',
    'AWS Config SNS_ENCRYPTED_KMS',
    'cdk-nag SNSEncryptedKMS',
    'Checkov CKV_AWS_26',
    'NIST 800-53 SC-28',
  ],
  check: (topic) => topic.at('KmsMasterKeyId').mustBeSet('a KMS key'),
  examples: {
    pass: {
      'messages are encrypted with a key of the template': {
        ...topic({ KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
        Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
      },
      'messages are encrypted with the key of SNS': topic({ KmsMasterKeyId: 'alias/aws/sns' }),
    },
    fail: {
      'the key is not mentioned': topic({}),
      'the key is empty': topic({ KmsMasterKeyId: '' }),
      'the key is missing in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: topic({ KmsMasterKeyId: { 'Fn::If': ['IsProduction', 'alias/messages', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'the key is a parameter that may be empty': {
        Parameters: { Key: { Type: 'String' } },
        Resources: topic({ KmsMasterKeyId: { Ref: 'Key' } }),
      },
    },
  },
});
