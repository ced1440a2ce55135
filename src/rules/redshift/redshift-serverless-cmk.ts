import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const namespace = (properties: object) => ({
  Data: { Type: 'AWS::RedshiftServerless::Namespace', Properties: { ...properties } },
});

/** A warning: Redshift Serverless encrypts every namespace, and without this setting with a key that AWS owns. */
export default defineRule({
  id: 'Redshift.11',
  slug: 'redshift-serverless-cmk',
  title: 'Redshift Serverless namespaces are encrypted with a KMS key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::RedshiftServerless::Namespace'],
  rationale:
    'The use of a key of the account is in the audit trail, and it can be denied or disabled; a key that AWS owns shows and allows neither.',
  remediation: 'Set `kmsKeyId` of `redshiftserverless.CfnNamespace`.',
  references: ['Security Hub RedshiftServerless.4', 'ElectricEye Redshift-Serverless.3'],
  check: (resource) => resource.at('KmsKeyId').mustBeSet('a KMS key'),
  examples: {
    pass: {
      'a key of the template is used': {
        ...namespace({ KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
        Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
      },
      'a key is named': namespace({ KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/orders' }),
    },
    fail: {
      'the key is not mentioned': namespace({}),
      'the key is missing in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: namespace({ KmsKeyId: { 'Fn::If': ['IsProduction', 'alias/orders', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'the key is a parameter that may be empty': {
        Parameters: { Key: { Type: 'String' } },
        Resources: namespace({ KmsKeyId: { Ref: 'Key' } }),
      },
    },
  },
});
