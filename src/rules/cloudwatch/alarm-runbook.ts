import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { onlyScales } from '../shared/scaling-alarms';

/** A web address, or the ARN of a document of Systems Manager. */
const LINK = /https?:\/\/|:ssm:/;

const alarm = (description: Json) => ({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'errors', AlarmDescription: description } },
});

export default defineRule({
  id: 'CloudWatch.18',
  slug: 'alarm-runbook',
  title: 'The description of an alarm says where its runbook is',
  criteria: [Criterion.CC7_4, Criterion.CC7_3],
  control: 'incident-response',
  // Which alarms need a page of their own is a matter of how a team works.
  severity: 'info',
  resourceTypes: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::LogAlarm'],
  applies: (alarm) => !onlyScales(alarm),
  rationale:
    'At night, whoever is woken has the message of the alarm and little else; a link to what to do is part of the response plan.',
  remediation: 'Set `alarmDescription` of the alarm to a sentence with a link to the runbook, or to an SSM Automation document.',
  references: ['NIST 800-53 IR-4'],
  check: (alarm) => {
    const description = alarm.at('AlarmDescription');
    if (LINK.test(description.text)) return [];
    return description.must('a sentence with a link to the runbook', () => false);
  },
  examples: {
    pass: {
      'the description has a link': alarm('Orders fail. What to do: https://wiki.example.com/runbooks/orders'),
      'the description names a document': alarm({
        'Fn::Sub': 'Runbook: arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:document/Orders',
      }),
    },
    fail: { 'there is no description': alarm({ Ref: 'AWS::NoValue' }), 'the description has no link': alarm('Orders fail.') },
    undetermined: { 'the description is a parameter': byParameter(alarm) },
  },
});
