import { Criterion } from '../../criteria/criterion';
import { missing } from '../../model/observation';
import { defineRule } from '../rule';
import { reachesSomebody } from '../shared/alarm-reach';
import { oneIsRight } from '../shared/one-is-right';
import { orInherited } from '../shared/or-inherited';
import { onlyScales } from '../shared/scaling-alarms';

const ALARMS = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::LogAlarm'];

const onCall = { OnCall: { Type: 'AWS::SNS::Topic' } };
const alarm = (properties: object) => ({
  ...onCall,
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'errors', ...properties } },
});

export default defineRule({
  id: 'CloudWatch.20',
  slug: 'alarms-exist',
  title: 'The environment has alarms that tell somebody',
  criteria: [Criterion.CC7_2, Criterion.CC4_1, Criterion.A1_1],
  control: 'resource-monitoring',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: ALARMS,
  rationale: 'Auditors ask for an example of an alert when a limit was crossed: without one alarm there can be none.',
  remediation:
    'Create alarms on what tells that the service fails, such as `loadBalancer.metrics.httpCodeElb(…).createAlarm(…)`, and call `alarm.addAlarmAction(new SnsAction(topic))`. ' +
    "Where another tool watches, declare it: `inherited: [{ rule: 'alarms-exist', owner: '…', pointer: '…' }]`.",
  references: ['AuditKit CC4.1/Performance Monitoring', 'NIST 800-53 SI-4'],
  check: (environment) =>
    oneIsRight(
      ALARMS.flatMap((type) => environment.resources(type)).filter((alarm) => !onlyScales(alarm)),
      reachesSomebody,
      'this alarm tells somebody',
      missing('nothing raises an alarm in this environment', `an alarm that tells somebody, ${orInherited('alarms-exist')}`),
    ),
  examples: {
    pass: {
      'an alarm tells a topic': alarm({ AlarmActions: [{ Ref: 'OnCall' }] }),
      'one of two alarms tells a topic': {
        ...alarm({ AlarmActions: [{ Ref: 'OnCall' }] }),
        Quiet: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'quiet' } },
      },
    },
    fail: {
      'there is no alarm': onCall,
      'the only alarm tells nobody': alarm({}),
      'the only alarm adds servers': {
        ...alarm({ AlarmActions: [{ Ref: 'More' }] }),
        More: { Type: 'AWS::AutoScaling::ScalingPolicy', Properties: { AutoScalingGroupName: 'web' } },
      },
      'the alarm exists in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: {
          ...onCall,
          Alarm: {
            Type: 'AWS::CloudWatch::Alarm',
            Condition: 'IsProduction',
            Properties: { AlarmActions: [{ Ref: 'OnCall' }] },
          },
        },
      },
    },
    undetermined: {
      'what is told is a parameter that may be empty': {
        Parameters: { Action: { Type: 'String' } },
        Resources: alarm({ AlarmActions: [{ Ref: 'Action' }] }),
      },
    },
  },
});
