import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const KEYS = ['AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK'];

const stream = (encryption: Json, more: JsonObject = {}) => ({
  Stream: {
    Type: 'AWS::KinesisFirehose::DeliveryStream',
    Properties: { DeliveryStreamEncryptionConfigurationInput: encryption, ...more },
  },
});

export default defineRule({
  id: 'Firehose.1',
  slug: 'firehose-encrypted',
  title: 'Firehose streams encrypt what producers put into them',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::KinesisFirehose::DeliveryStream'],
  // What comes from a stream, a cluster or a database stays there, encrypted as it is there, until it is delivered.
  applies: (stream) =>
    stream
      .at('DeliveryStreamType')
      .mustBe('DirectPut', { absent: '' })
      .every(({ kind }) => kind !== 'fail'),
  rationale:
    'Until the buffer is delivered, records lie on disks of the service; nothing encrypts them unless the stream is told to.',
  remediation:
    'Set `encryption: StreamEncryption.awsOwnedKey()` or `StreamEncryption.customerManagedKey(key)` on the `DeliveryStream`.',
  references: [
    'Security Hub DataFirehose.1',
    'AWS Config KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTED',
    'cdk-nag KinesisDataFirehoseSSE',
    'checkov CKV_AWS_240',
    'NIST 800-53 SC-28',
  ],
  check: (stream) => stream.at('DeliveryStreamEncryptionConfigurationInput.KeyType').mustBe(KEYS),
  examples: {
    pass: {
      'a key of the service is used': stream({ KeyType: 'AWS_OWNED_CMK' }),
      'a key of the customer is used': stream(
        { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'arn:aws:kms:eu-west-1:111122223333:key/a' },
        { DeliveryStreamType: 'DirectPut' },
      ),
    },
    fail: {
      'encryption is not mentioned': stream({ Ref: 'AWS::NoValue' }),
      'the kind of key is not given': stream({ KeyARN: 'arn:aws:kms:eu-west-1:111122223333:key/a' }),
      'encryption is removed in one branch of a condition': byStage(
        stream,
        { KeyType: 'AWS_OWNED_CMK' },
        { Ref: 'AWS::NoValue' },
      ),
    },
    undetermined: { 'the kind of key is a parameter': byParameter((kind) => stream({ KeyType: kind })) },
  },
});
