import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const LEVELS = ['PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'];

const cluster = (level: Json) => ({
  Cluster: { Type: 'AWS::MSK::Cluster', Properties: { ClusterName: 'events', EnhancedMonitoring: level } },
});

export default defineRule({
  id: 'MSK.4',
  slug: 'msk-enhanced-monitoring',
  title: 'MSK clusters are measured broker by broker',
  criteria: [Criterion.CC7_2, Criterion.A1_1],
  control: 'resource-monitoring',
  // More metrics cost money, and help only whoever has alarms on them.
  severity: 'info',
  resourceTypes: ['AWS::MSK::Cluster'],
  rationale: 'The basic metrics do not tell which broker is slow or which topic grows; alarms on those need the finer ones.',
  remediation: "Set `enhancedMonitoring: 'PER_BROKER'` or a finer level on the `CfnCluster`. The metrics are billed.",
  references: ['Security Hub MSK.2', 'AWS Config MSK_ENHANCED_MONITORING_ENABLED', 'NIST 800-53 SI-4'],
  check: (cluster) => cluster.at('EnhancedMonitoring').mustBe(LEVELS),
  examples: {
    pass: { 'by broker': cluster('PER_BROKER'), 'by partition': cluster('PER_TOPIC_PER_PARTITION') },
    fail: {
      'the level is not mentioned': cluster({ Ref: 'AWS::NoValue' }),
      'the basic metrics': cluster('DEFAULT'),
      'the basic metrics in one branch of a condition': byStage(cluster, 'PER_BROKER', 'DEFAULT'),
    },
    undetermined: { 'the level is a parameter': byParameter(cluster) },
  },
});
