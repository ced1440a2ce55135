import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const broker = (encryption: Json) => ({
  Broker: {
    Type: 'AWS::AmazonMQ::Broker',
    Properties: { BrokerName: 'orders', EngineType: 'ACTIVEMQ', EncryptionOptions: encryption },
  },
});
const OWN = { UseAwsOwnedKey: false, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/a' };

export default defineRule({
  id: 'MQ.2',
  slug: 'mq-kms',
  title: 'Amazon MQ brokers are encrypted with a KMS key of the customer',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'key-management',
  // Amazon MQ encrypts every broker with a key of its own.
  severity: 'warning',
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  rationale: 'Messages are encrypted in any case; with a key of your own, who may use it is your decision and is recorded.',
  remediation:
    'Set `encryptionOptions: { useAwsOwnedKey: false, kmsKeyId: key.keyArn }` on the `CfnBroker`. A deployed broker is replaced by that change.',
  references: ['ElectricEye AmazonMQ.1', 'checkov CKV_AWS_209', 'NIST 800-53 SC-12'],
  check: (broker) => [
    ...broker.at('EncryptionOptions.UseAwsOwnedKey').mustBe(false),
    ...broker.at('EncryptionOptions.KmsKeyId').mustBeSet('a KMS key'),
  ],
  examples: {
    pass: { 'a key of the customer is used': broker(OWN) },
    fail: {
      'encryption is not mentioned': broker({ Ref: 'AWS::NoValue' }),
      'the key of Amazon MQ is preferred': broker({ ...OWN, UseAwsOwnedKey: true }),
      'the key is empty': broker({ ...OWN, KmsKeyId: '' }),
      'the key is removed in one branch of a condition': byStage(broker, OWN, { UseAwsOwnedKey: true }),
    },
    undetermined: { 'the key is a parameter that may be empty': byParameter((key) => broker({ ...OWN, KmsKeyId: key })) },
  },
});
