import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const broker = (properties: object) => ({
  Broker: { Type: 'AWS::AmazonMQ::Broker', Properties: { EngineType: 'ACTIVEMQ', ...properties } },
});
const { pass, fail } = passwordExamples((Password) => broker({ Users: [{ Username: 'orders', Password }] }));

export default defineRule({
  id: 'MQ.5',
  slug: 'mq-no-plaintext-password',
  title: 'Passwords of message brokers are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords({ 'AWS::AmazonMQ::Broker': ['Users.*.Password', 'LdapServerMetadata.ServiceAccountPassword'] }),
  rationale:
    'Whoever has the password of a broker can read every message and send false ones, and a template is read by many and kept for ever.',
  remediation:
    'Pass `SecretValue.secretsManager("…").unsafeUnwrap()` as the `password` of each of the `users`: CloudFormation looks the secret up when it deploys.',
  references: ['CWE-798', 'AWS Well-Architected SEC02-BP03', 'NIST 800-53 IA-5'],
  examples: {
    pass,
    fail: {
      ...fail,
      'the password for the directory stands in the template': broker({
        LdapServerMetadata: { ServiceAccountUsername: 'broker', ServiceAccountPassword: 'correct horse' },
      }),
    },
  },
});
