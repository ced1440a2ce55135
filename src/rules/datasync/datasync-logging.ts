import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:datasync';
const task = (properties: object) => ({
  Task: {
    Type: 'AWS::DataSync::Task',
    Properties: { SourceLocationArn: 'arn:aws:datasync:::location/a', DestinationLocationArn: 'b', ...properties },
  },
});

export default defineRule({
  id: 'DataSync.1',
  slug: 'datasync-logging',
  title: 'DataSync tasks log what they transfer',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::DataSync::Task'],
  rationale: 'A file that did not arrive, or arrived changed, is named in this log and nowhere else.',
  remediation: 'Set `cloudWatchLogGroupArn` and `options: { logLevel: "TRANSFER" }` on the `CfnTask`.',
  references: ['Security Hub DataSync.1', 'AWS Config DATASYNC_TASK_LOGGING_ENABLED', 'Prowler datasync_task_logging_enabled'],
  check: (task) => {
    const level = task.at('Options.LogLevel');
    if (task.at('TaskMode').string === 'ENHANCED')
      return level.mustBe(['BASIC', 'TRANSFER'], { absent: 'DataSync logs tasks in Enhanced mode by itself' });
    return [...task.at('CloudWatchLogGroupArn').mustBeSet('the ARN of a log group'), ...level.mustBe(['BASIC', 'TRANSFER'])];
  },
  examples: {
    pass: {
      'transfers are logged': task({ CloudWatchLogGroupArn: GROUP, Options: { LogLevel: 'TRANSFER' } }),
      'the log group is of the same template': {
        ...task({ CloudWatchLogGroupArn: { 'Fn::GetAtt': ['Group', 'Arn'] }, Options: { LogLevel: 'BASIC' } }),
        Group: { Type: 'AWS::Logs::LogGroup' },
      },
      'the task is in Enhanced mode': task({ TaskMode: 'ENHANCED' }),
    },
    fail: {
      'logs are not mentioned': task({}),
      'logs are off': task({ CloudWatchLogGroupArn: GROUP, Options: { LogLevel: 'OFF' } }),
      'no level is named': task({ CloudWatchLogGroupArn: GROUP }),
      'logs are off in Enhanced mode': task({ TaskMode: 'ENHANCED', Options: { LogLevel: 'OFF' } }),
    },
    undetermined: {
      'the level is a parameter': byParameter((LogLevel) => task({ CloudWatchLogGroupArn: GROUP, Options: { LogLevel } })),
    },
  },
});
