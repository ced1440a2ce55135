import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const alarm = (properties: object, type = 'AWS::CloudWatch::Alarm') => ({
  Alarm: { Type: type, Properties: { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'], ...properties } },
});

export default defineRule({
  id: 'CloudWatch.2',
  slug: 'alarm-actions-enabled',
  title: 'Alarm actions are not switched off',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'alert-routing',
  severity: 'error',
  resourceTypes: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::LogAlarm'],
  applies: (alarm) => ['AlarmActions', 'OKActions', 'InsufficientDataActions'].some((list) => alarm.at(list).items().length > 0),
  rationale: 'An alarm that is muted for a night and never again unmuted looks watched, and is not.',
  remediation: 'Remove `actionsEnabled: false` from the alarm; to mute it for a while, use a mute rule that ends by itself.',
  references: ['Security Hub CloudWatch.17', 'AWS Config CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK', 'NIST 800-53 SI-4'],
  check: (alarm) =>
    alarm.at('ActionsEnabled').mustBe(true, { absent: 'CloudWatch carries out the actions of an alarm unless told otherwise' }),
  examples: {
    pass: {
      'nothing is said': alarm({}),
      'actions are on': alarm({ ActionsEnabled: 'true' }),
    },
    fail: {
      'actions are off': alarm({ ActionsEnabled: false }),
      'actions of a composite alarm are off': alarm({ ActionsEnabled: 'false' }, 'AWS::CloudWatch::CompositeAlarm'),
      'actions are off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: alarm({ ActionsEnabled: { 'Fn::If': ['IsProduction', true, false] } }),
      },
    },
    undetermined: {
      'actions are a parameter': {
        Parameters: { Loud: { Type: 'String' } },
        Resources: alarm({ ActionsEnabled: { Ref: 'Loud' } }),
      },
    },
  },
});
