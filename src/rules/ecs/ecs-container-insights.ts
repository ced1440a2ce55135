import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const cluster = (...settings: Json[]) => ({
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ...(settings.length > 0 && { ClusterSettings: settings }) } },
});
const insights = (Value: Json) => ({ Name: 'containerInsights', Value });

export default defineRule({
  id: 'ECS.6',
  slug: 'ecs-container-insights',
  title: 'ECS clusters measure their tasks with Container Insights',
  criteria: [Criterion.CC7_2, Criterion.CC4_1, Criterion.A1_1],
  control: 'resource-monitoring',
  severity: 'warning',
  resourceTypes: ['AWS::ECS::Cluster'],
  rationale: 'Memory, restarts and failed placements of tasks are not measured otherwise, and no alarm can watch them.',
  remediation: 'Set `containerInsightsV2: ecs.ContainerInsights.ENHANCED` (or `ENABLED`) on the cluster.',
  references: [
    'Security Hub ECS.12',
    'AWS Config ECS_CONTAINER_INSIGHTS_ENABLED',
    'cdk-nag ECSClusterCloudWatchContainerInsights',
    'checkov CKV_AWS_65',
  ],
  check: (cluster) => cluster.at('ClusterSettings').pick('Name', 'containerInsights').at('Value').mustBe(['enabled', 'enhanced']),
  examples: {
    pass: { 'it is on': cluster(insights('enabled')), 'it is on, with more detail': cluster(insights('enhanced')) },
    fail: { 'it is not mentioned': cluster(), 'it is off': cluster(insights('disabled')) },
    undetermined: { 'it is a parameter': withParameter('Insights', cluster(insights({ Ref: 'Insights' }))) },
  },
});
