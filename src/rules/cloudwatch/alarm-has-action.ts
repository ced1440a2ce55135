import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { reachesSomebody } from '../shared/alarm-reach';

const alarm = (properties: object) => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'errors', ...properties } },
});
const onCall = { Type: 'AWS::SNS::Topic' };

export default defineRule({
  id: 'CloudWatch.1',
  slug: 'alarm-has-action',
  title: 'An alarm that goes off reaches somebody',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'alert-routing',
  severity: 'error',
  resourceTypes: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::LogAlarm'],
  rationale: 'An alarm without an action turns red on a page that nobody has open.',
  remediation: 'Call `alarm.addAlarmAction(new SnsAction(topic))`.',
  references: [
    'Security Hub CloudWatch.15',
    'AWS Config CLOUDWATCH_ALARM_ACTION_CHECK',
    'cdk-nag CloudWatchAlarmAction',
    'NIST 800-53 SI-4',
  ],
  check: reachesSomebody,
  examples: {
    pass: {
      'a topic of the template is told': { ...alarm({ AlarmActions: [{ Ref: 'OnCall' }] }), OnCall: onCall },
      'a composite alarm watches it': {
        ...alarm({}),
        Both: {
          Type: 'AWS::CloudWatch::CompositeAlarm',
          Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("${Alarm.Arn}")' }, AlarmActions: [{ Ref: 'OnCall' }] },
        },
        OnCall: onCall,
      },
      'a deployment watches it': {
        ...alarm({}),
        Group: {
          Type: 'AWS::CodeDeploy::DeploymentGroup',
          Properties: { AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: 'Alarm' } }] } },
        },
      },
      'a rule passes all alarms on': {
        ...alarm({}),
        Relay: {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] },
            Targets: [{ Id: 'on-call', Arn: { Ref: 'OnCall' } }],
          },
        },
        OnCall: onCall,
      },
    },
    fail: {
      'actions are not mentioned': alarm({}),
      'an alarm on a query of logs has no action': {
        Alarm: { Type: 'AWS::CloudWatch::LogAlarm', Properties: { AlarmName: 'errors' } },
      },
      'the list of actions is empty': alarm({ AlarmActions: [] }),
      'the only action is removed': alarm({ AlarmActions: [{ Ref: 'AWS::NoValue' }] }),
      'a rule that is switched off would pass it on': {
        ...alarm({}),
        Relay: {
          Type: 'AWS::Events::Rule',
          Properties: {
            State: 'DISABLED',
            EventPattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] },
            Targets: [{ Id: 'on-call', Arn: 'arn:aws:sns:eu-west-1:111122223333:on-call' }],
          },
        },
      },
      'somebody is told only that all is well again': { ...alarm({ OKActions: [{ Ref: 'OnCall' }] }), OnCall: onCall },
    },
    undetermined: {
      'the action is a parameter that may be empty': {
        Parameters: { Action: { Type: 'String' } },
        Resources: alarm({ AlarmActions: [{ Ref: 'Action' }] }),
      },
    },
  },
});
