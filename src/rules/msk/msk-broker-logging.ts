import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const DESTINATIONS = ['CloudWatchLogs', 'Firehose', 'S3'];

const cluster = (logs: Json) => ({
  Cluster: { Type: 'AWS::MSK::Cluster', Properties: { ClusterName: 'events', LoggingInfo: { BrokerLogs: logs } } },
});

export default defineRule({
  id: 'MSK.7',
  slug: 'msk-broker-logging',
  title: 'MSK brokers deliver their logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'warning',
  resourceTypes: ['AWS::MSK::Cluster'],
  rationale: 'Refused clients, changed topics and failing brokers show in these logs only; the service keeps none by itself.',
  remediation:
    'Set `loggingInfo.brokerLogs.cloudWatchLogs: { enabled: true, logGroup }` on the `CfnCluster`, or `firehose` or `s3`.',
  references: ['cdk-nag MSKBrokerLogging', 'checkov CKV_AWS_80', 'NIST 800-53 AU-12'],
  check: (cluster) =>
    anyOf(
      DESTINATIONS.map((destination) => cluster.at(`LoggingInfo.BrokerLogs.${destination}.Enabled`).mustBe(true)),
      () => cluster.at('LoggingInfo.BrokerLogs').fails('a log group, a delivery stream or a bucket', 'brokers deliver no logs'),
    ),
  examples: {
    pass: {
      'logs go to CloudWatch Logs': cluster({ CloudWatchLogs: { Enabled: true, LogGroup: 'kafka' } }),
      'logs go to a bucket': cluster({ CloudWatchLogs: { Enabled: false }, S3: { Enabled: 'true', Bucket: 'kafka-logs' } }),
    },
    fail: {
      'logs are not mentioned': cluster({ Ref: 'AWS::NoValue' }),
      'every destination is off': cluster({ CloudWatchLogs: { Enabled: false }, S3: { Enabled: false } }),
    },
    undetermined: { 'a parameter decides': byParameter((on) => cluster({ CloudWatchLogs: { Enabled: on, LogGroup: 'kafka' } })) },
  },
});
