import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const GROUP = { CloudWatchLogsLogGroup: { LogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:orders:*' } };

const machine = (level: Json, destinations: Json = [GROUP]) => ({
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: 'arn:aws:iam::111122223333:role/orders',
      LoggingConfiguration: { Level: level, Destinations: destinations },
    },
  },
});

export default defineRule({
  id: 'StepFunctions.1',
  slug: 'sfn-logging',
  title: 'State machines write down how executions go',
  criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.PI1_3],
  control: 'application-logging',
  severity: 'warning',
  resourceTypes: ['AWS::StepFunctions::StateMachine'],
  rationale:
    'The history of an execution is gone after 90 days, and express workflows have none: later, only the log tells what ran.',
  remediation:
    'Set `logs: { destination: logGroup, level: LogLevel.ERROR }` on the `StateMachine`, or `LogLevel.ALL` where every step is evidence; `includeExecutionData` writes inputs and outputs as well.',
  references: [
    'Security Hub StepFunctions.1',
    'AWS Config STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED',
    'cdk-nag StepFunctionStateMachineAllLogsToCloudWatch',
    'checkov CKV_AWS_285',
    'NIST 800-53 AU-12',
  ],
  check: (machine) => [
    ...machine.at('LoggingConfiguration.Level').mustBe(['ERROR', 'FATAL', 'ALL']),
    ...machine.at('LoggingConfiguration.Destinations').mustBeSet('a log group'),
  ],
  examples: {
    pass: { 'errors are logged': machine('ERROR'), 'everything is logged': machine('ALL') },
    fail: {
      'logs are not mentioned': { Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: {} } },
      'logs are off': machine('OFF'),
      'there is no log group': machine('ALL', []),
      'logs are off in one branch of a condition': byStage(machine, 'ALL', 'OFF'),
    },
    undetermined: { 'the level is a parameter': byParameter(machine) },
  },
});
