import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const broker = (logs: Json, EngineType = 'ACTIVEMQ') => ({
  Broker: { Type: 'AWS::AmazonMQ::Broker', Properties: { BrokerName: 'orders', EngineType, Logs: logs } },
});
const ALL = { General: true, Audit: true };

export default defineRule({
  id: 'MQ.1',
  slug: 'mq-audit-logging',
  title: 'Amazon MQ brokers write their logs to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  rationale:
    'Who made or removed a queue or a user of a broker, and who failed to sign in, is told by these logs and by nothing else.',
  remediation: 'Set `logs: { general: true, audit: true }` on the `CfnBroker`; RabbitMQ has general logs only.',
  references: [
    'Security Hub MQ.2',
    'AWS Config MQ_CLOUDWATCH_AUDIT_LOGGING_ENABLED',
    'AWS Config MQ_CLOUDWATCH_AUDIT_LOG_ENABLED',
    'checkov CKV_AWS_197',
    'NIST 800-53 AU-12',
  ],
  check: (broker) => [
    ...broker.at('Logs.General').mustBe(true),
    ...(broker.at('EngineType').text.toUpperCase() === 'RABBITMQ' ? [] : broker.at('Logs.Audit').mustBe(true)),
  ],
  examples: {
    pass: { 'ActiveMQ writes both logs': broker(ALL), 'RabbitMQ writes its log': broker({ General: 'true' }, 'RABBITMQ') },
    fail: {
      'logs are not mentioned': broker({ Ref: 'AWS::NoValue' }),
      'RabbitMQ writes none': broker({ General: false }, 'RabbitMQ'),
      'ActiveMQ writes no audit log': broker({ General: true }),
      'the audit log is off in one branch of a condition': byStage((audit) => broker({ ...ALL, Audit: audit }), true, false),
    },
    undetermined: { 'the audit log is a parameter': byParameter((audit) => broker({ ...ALL, Audit: audit })) },
  },
});
