import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const stream = (encryption: Json) => ({
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1, StreamEncryption: encryption } },
});
const KMS = { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' };

export default defineRule({
  id: 'Kinesis.1',
  slug: 'kinesis-stream-encrypted',
  title: 'Kinesis streams are encrypted with a KMS key',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::Kinesis::Stream'],
  rationale: 'Records lie on disk for as long as the stream keeps them; encrypted, a copy of the disk shows nothing.',
  remediation: 'Set `encryption: StreamEncryption.KMS` or `StreamEncryption.MANAGED` on the `Stream`.',
  references: [
    'Security Hub Kinesis.1',
    'AWS Config KINESIS_STREAM_ENCRYPTED',
    'cdk-nag KinesisDataStreamSSE',
    'checkov CKV_AWS_43',
    'NIST 800-53 SC-28',
  ],
  check: (stream) => [
    ...stream.at('StreamEncryption.EncryptionType').mustBe('KMS'),
    ...stream.at('StreamEncryption.KeyId').mustBeSet('a KMS key'),
  ],
  examples: {
    pass: {
      'a key of Kinesis is used': stream(KMS),
      'a key of the customer is used': stream({ ...KMS, KeyId: 'alias/streams' }),
    },
    fail: {
      'encryption is not mentioned': stream({ Ref: 'AWS::NoValue' }),
      'encryption is off': stream({ EncryptionType: 'NONE', KeyId: 'alias/aws/kinesis' }),
      'no key is given': stream({ EncryptionType: 'KMS' }),
      'encryption is removed in one branch of a condition': byStage(stream, KMS, { Ref: 'AWS::NoValue' }),
    },
    undetermined: { 'the key is a parameter that may be empty': byParameter((key) => stream({ ...KMS, KeyId: key })) },
  },
});
