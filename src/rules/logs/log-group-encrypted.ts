import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const group = (properties: object) => ({ Group: { Type: 'AWS::Logs::LogGroup', Properties: { ...properties } } });

export default defineRule({
  id: 'Logs.1',
  slug: 'log-group-encrypted',
  title: 'Log groups are encrypted with a KMS key of the customer',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  // CloudWatch Logs encrypts every log group with a key of its own; a customer key adds a second say in who reads.
  severity: 'warning',
  resourceTypes: ['AWS::Logs::LogGroup'],
  rationale:
    'Logs repeat what users typed and what systems answered; with a key of your own, reading them takes leave of the key as well.',
  remediation:
    'Set `encryptionKey` of the `LogGroup` to a `kms.Key` whose policy lets CloudWatch Logs of the Region use it. What was logged before keeps its old encryption.',
  references: [
    'AWS Config CLOUDWATCH_LOG_GROUP_ENCRYPTED',
    'cdk-nag CloudWatchLogGroupEncrypted',
    'checkov CKV_AWS_158',
    'NIST 800-53 SC-28',
  ],
  check: (group) => group.at('KmsKeyId').mustBeSet('the ARN of a KMS key'),
  examples: {
    pass: {
      'a key of the template is used': {
        ...group({ KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
        Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
      },
      'a key of another stack is used': group({ KmsKeyId: { 'Fn::ImportValue': 'LogKeyArn' } }),
    },
    fail: {
      'no key is given': group({ RetentionInDays: 365 }),
      'the key is empty': group({ KmsKeyId: '' }),
      'the key is removed in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: group({
          KmsKeyId: { 'Fn::If': ['IsProduction', { 'Fn::ImportValue': 'LogKeyArn' }, { Ref: 'AWS::NoValue' }] },
        }),
      },
    },
    undetermined: {
      'the key is a parameter that may be empty': {
        Parameters: { Key: { Type: 'String' } },
        Resources: group({ KmsKeyId: { Ref: 'Key' } }),
      },
    },
  },
});
