import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { task, taskWith } from '../shared/container-examples';
import { containersOf, runsWindows } from '../shared/containers';
import { withParameter } from '../shared/iam-examples';

const ROOT = /^(root|0)?(:|$)/;

export default defineRule({
  id: 'ECS.4',
  slug: 'ecs-non-root-user',
  title: 'Containers do not run as root',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  // The image names a user more often than the task definition does, and the template cannot show the image.
  severity: 'warning',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  applies: (task) => !runsWindows(task),
  rationale: 'Root in a container can change the program that runs, and is one flaw of the kernel away from root on the host.',
  remediation: 'Set `user` on the container to a user of the image, by name or number.',
  references: [
    'Security Hub ECS.20',
    'AWS Config ECS_TASK_DEFINITION_NONROOT_USER',
    'Control Tower CT.ECS.PR.3',
    'cdk-nag ECSTaskDefinitionUserForHostMode',
  ],
  check: (task) =>
    containersOf(task).flatMap((container) =>
      container.at('User').must('a user other than root', ({ string }) => string !== undefined && !ROOT.test(string)),
    ),
  examples: {
    pass: {
      'the user has a name': task({ User: 'app' }),
      'the user is a number': task({ User: 1000 }, { User: '1000:root' }),
    },
    fail: {
      'a user is not mentioned': task({}),
      'the user is root': task({ User: 'root' }),
      'the user is root, by its number and group': task({ User: '0:1000' }),
      'one of two containers runs as root': taskWith({ NetworkMode: 'host' }, { User: 'app' }, { User: 'root:app' }),
    },
    undetermined: { 'the user is a parameter': withParameter('User', task({ User: { Ref: 'User' } })) },
  },
});
