import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'MQ.3',
  slug: 'mq-not-public',
  title: 'Amazon MQ brokers are not reachable from the internet',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  rationale: 'A public broker offers its sign-in page to everyone, and a password is all that stands before the messages.',
  remediation:
    'Set `publiclyAccessible: false` on the `CfnBroker`, and give it private subnets. A deployed broker is replaced by that change.',
  references: ['AWS Config MQ_NO_PUBLIC_ACCESS', 'ElectricEye AmazonMQ.4', 'checkov CKV_AWS_69', 'NIST 800-53 AC-4'],
  check: (broker) =>
    broker.at('PubliclyAccessible').mustBe(false, { absent: 'Amazon MQ keeps a broker private unless told otherwise' }),
  examples: flagExamples({
    type: 'AWS::AmazonMQ::Broker',
    path: 'PubliclyAccessible',
    properties: { BrokerName: 'orders', EngineType: 'RABBITMQ' },
    wanted: false,
    safeByDefault: true,
  }),
});
