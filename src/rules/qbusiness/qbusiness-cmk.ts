import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const application = (properties: JsonObject) => ({
  Application: { Type: 'AWS::QBusiness::Application', Properties: { DisplayName: 'assistant', ...properties } },
});

/** A warning: without a key of your own, the data is encrypted with one of AWS. */
export default defineRule({
  id: 'QBusiness.1',
  slug: 'qbusiness-cmk',
  title: 'What Amazon Q Business indexes is encrypted with a customer managed key',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::QBusiness::Application'],
  rationale: 'The index holds a copy of every document that it answers from; the policy of a key decides who can read that copy.',
  remediation:
    'Set `encryptionConfiguration: { kmsKeyId }` on the `CfnApplication` before it is deployed: the key of an application is chosen when it is created.',
  references: ['ElectricEye QBusiness.2', 'NIST 800-53 SC-28'],
  check: (application) => {
    const key = application.at('EncryptionConfiguration.KmsKeyId');
    const expected = 'a customer managed key';
    return key.text.includes('alias/aws/') ? [key.fails(expected)] : key.mustBeSet(expected);
  },
  examples: {
    pass: {
      'the key is in the template': {
        ...application({ EncryptionConfiguration: { KmsKeyId: { Ref: 'Key' } } }),
        Key: { Type: 'AWS::KMS::Key', Properties: {} },
      },
      'the key is given by its ARN': application({
        EncryptionConfiguration: { KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234' },
      }),
    },
    fail: {
      'a key is not mentioned': application({}),
      'the key is removed': application({ EncryptionConfiguration: { KmsKeyId: { Ref: 'AWS::NoValue' } } }),
      'the key is one of AWS': application({ EncryptionConfiguration: { KmsKeyId: 'alias/aws/qbusiness' } }),
    },
    undetermined: {
      'the key is a parameter that may be empty': {
        Parameters: { Key: { Type: 'String' } },
        Resources: application({ EncryptionConfiguration: { KmsKeyId: { Ref: 'Key' } } }),
      },
    },
  },
});
