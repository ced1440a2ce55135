import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const cluster = (Logging: Json) => ({
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { Configuration: { ExecuteCommandConfiguration: { Logging } } } },
});

export default defineRule({
  id: 'ECS.9',
  slug: 'ecs-exec-logged',
  title: 'Commands that people run in containers are written down',
  criteria: [Criterion.CC7_2, Criterion.CC6_1],
  control: 'host-access',
  severity: 'warning',
  resourceTypes: ['AWS::ECS::Cluster'],
  rationale: 'A shell in a container of production is a change that no review saw; its log is what an auditor asks for.',
  remediation:
    'Set `executeCommandConfiguration: { logging: ExecuteCommandLogging.OVERRIDE, logConfiguration: { … } }`, or leave it out.',
  references: ['NIST 800-53 AU-12', 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html'],
  applies: (cluster) => !cluster.at('Configuration').at('ExecuteCommandConfiguration').isAbsent,
  check: (cluster) =>
    cluster
      .at('Configuration.ExecuteCommandConfiguration.Logging')
      .must("'DEFAULT' or 'OVERRIDE'", ({ string }) => string !== 'NONE', {
        absent: 'sessions are written to the log of the container when the cluster does not say',
      }),
  examples: {
    pass: { 'they go to the log of the container': cluster('DEFAULT'), 'they go elsewhere': cluster('OVERRIDE') },
    fail: {
      'they go nowhere': cluster('NONE'),
      'they go nowhere in one branch of a condition': byStage((value) => cluster(value), 'DEFAULT', 'NONE'),
    },
    undetermined: { 'it is a parameter': byParameter((value) => cluster(value)) },
  },
});
