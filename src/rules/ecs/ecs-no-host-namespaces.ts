import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const task = (properties: JsonObject) => ({ Task: { Type: 'AWS::ECS::TaskDefinition', Properties: properties } });

export default defineRule({
  id: 'ECS.7',
  slug: 'ecs-no-host-namespaces',
  title: 'Containers share neither processes nor network with their host',
  criteria: [Criterion.CC6_1, Criterion.CC6_8],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  rationale: 'A container that sees the processes or the network of its host sees those of all other containers on it.',
  remediation: 'Leave `pidMode` and `ipcMode` out, and set `networkMode: NetworkMode.AWS_VPC`.',
  references: ['Security Hub ECS.3', 'Security Hub ECS.17', 'AWS Config ECS_TASK_DEFINITION_PID_MODE_CHECK', 'NIST 800-53 SC-39'],
  check: (task) =>
    ['PidMode', 'IpcMode', 'NetworkMode'].flatMap((mode) =>
      task.at(mode).must("anything but 'host'", ({ string }) => string !== 'host', { absent: '' }),
    ),
  examples: {
    pass: {
      'nothing is said': task({ Family: 'orders' }),
      'the network is its own': task({ NetworkMode: 'awsvpc', PidMode: 'task' }),
    },
    fail: {
      'it sees the processes of the host': task({ PidMode: 'host' }),
      'it has the network of the host': task({ NetworkMode: 'host' }),
      'it has it in one branch of a condition': byStage((NetworkMode) => task({ NetworkMode }), 'awsvpc', 'host'),
    },
    undetermined: { 'the network is a parameter': byParameter((NetworkMode) => task({ NetworkMode })) },
  },
});
