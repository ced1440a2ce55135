import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { task } from '../shared/container-examples';
import { containersOf } from '../shared/containers';
import { withParameter } from '../shared/iam-examples';

const logging = (LogDriver: Json) => ({ LogConfiguration: { LogDriver, Options: { 'awslogs-group': 'web' } } });

export default defineRule({
  id: 'ECS.1',
  slug: 'ecs-task-logging',
  title: 'Every container of a task sends its logs somewhere',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  rationale: 'What a container wrote is gone with the container, and with it the only account of what the program did.',
  remediation: 'Set `logging: ecs.LogDrivers.awsLogs({ streamPrefix })` on every container.',
  references: [
    'Security Hub ECS.9',
    'AWS Config ECS_TASK_DEFINITION_LOG_CONFIGURATION',
    'Control Tower CT.ECS.PR.5',
    'cdk-nag ECSTaskDefinitionContainerLogging',
  ],
  check: (task) =>
    containersOf(task).flatMap((container) =>
      container
        .at('LogConfiguration.LogDriver')
        .must('a log driver', ({ string }) => string !== undefined && string !== '' && string !== 'none'),
    ),
  examples: {
    pass: {
      'logs go to CloudWatch': task(logging('awslogs')),
      'logs go through a router, which logs as well': task(logging('awsfirelens'), logging('awslogs')),
    },
    fail: {
      'a log driver is not mentioned': task({}),
      'logs are dropped': task(logging('none')),
      'one of two containers has no log driver': task(logging('awslogs'), {}),
      'logs are set up in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: task({
          LogConfiguration: { 'Fn::If': ['IsProduction', { LogDriver: 'awslogs' }, { Ref: 'AWS::NoValue' }] },
        }),
      },
    },
    undetermined: { 'the driver is a parameter': withParameter('Driver', task(logging({ Ref: 'Driver' }))) },
  },
});
