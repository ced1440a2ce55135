import { Criterion } from '../../criteria/criterion';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';

const queue = (properties: object) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: { ...properties } } });

export default defineRule({
  id: 'SQS.1',
  slug: 'sqs-encrypted',
  title: 'SQS queues encrypt messages',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::SQS::Queue'],
  rationale: 'Messages wait on disk for up to two weeks; encrypted, they are of no use to whoever gets at the storage.',
  remediation: 'Remove `encryption: sqs.QueueEncryption.UNENCRYPTED`, or set it to `SQS_MANAGED` or `KMS`.',
  references: ['Security Hub SQS.1', 'Checkov CKV_AWS_27', 'Control Tower CT.SQS.PR.2', 'NIST 800-53 SC-28'],
  check: (queue) => {
    const managed = queue.at('SqsManagedSseEnabled');
    const byDefault = { absent: 'SQS encrypts with its own keys (SSE-SQS) unless it is told otherwise' };
    return anyOf([queue.at('KmsMasterKeyId').mustBeSet('a KMS key'), managed.mustBe(true, byDefault)], () =>
      managed.fails('true'),
    );
  },
  examples: {
    pass: {
      'messages are encrypted with a KMS key': queue({ KmsMasterKeyId: 'alias/messages', SqsManagedSseEnabled: false }),
      'messages are encrypted with keys of SQS': queue({ SqsManagedSseEnabled: 'true' }),
      'encryption is not mentioned': queue({}),
    },
    fail: {
      'encryption is off': queue({ SqsManagedSseEnabled: false }),
      'encryption is off and the key is empty': queue({ SqsManagedSseEnabled: 'false', KmsMasterKeyId: '' }),
      'encryption is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: queue({ SqsManagedSseEnabled: { 'Fn::If': ['IsProduction', true, false] } }),
      },
    },
    undetermined: {
      'encryption is a parameter': {
        Parameters: { Encrypt: { Type: 'String' } },
        Resources: queue({ SqsManagedSseEnabled: { Ref: 'Encrypt' } }),
      },
    },
  },
});
