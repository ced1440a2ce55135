import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'MQ.4',
  slug: 'mq-minor-upgrades',
  title: 'Amazon MQ brokers are patched automatically',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  rationale: 'Brokers have had weaknesses that were attacked within days: a patch that waits for somebody comes too late.',
  remediation: 'Set `autoMinorVersionUpgrade: true` on the `CfnBroker`, or leave it out.',
  references: [
    'Security Hub MQ.3',
    'AWS Config MQ_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED',
    'checkov CKV_AWS_207',
    'NIST 800-53 SI-2',
  ],
  check: (broker) =>
    broker
      .at('AutoMinorVersionUpgrade')
      .mustBe(true, { absent: 'Amazon MQ applies patch versions in the maintenance window unless told otherwise' }),
  examples: flagExamples({
    type: 'AWS::AmazonMQ::Broker',
    path: 'AutoMinorVersionUpgrade',
    properties: { BrokerName: 'orders', EngineType: 'ACTIVEMQ' },
    safeByDefault: true,
  }),
});
