import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { isFindingRoute } from '../shared/security-findings';
import { deadLetterExamples, keepsWhatFails } from '../shared/target-dead-letters';

const rule = (deadLetters: Json) => ({
  Orders: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['shop.orders'] },
      Targets: [{ Id: 'billing', Arn: 'arn:aws:sqs:eu-west-1:111122223333:billing', DeadLetterConfig: deadLetters }],
    },
  },
});
const schedule = (deadLetters: Json) => ({
  Nightly: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'rate(1 day)',
      Target: { Arn: 'arn:aws:sqs:eu-west-1:111122223333:billing', DeadLetterConfig: deadLetters },
    },
  },
});
const ofRules = deadLetterExamples(rule);

export default defineRule({
  id: 'Events.3',
  slug: 'event-target-dlq',
  title: 'Events that cannot be delivered to a target are kept',
  criteria: [Criterion.PI1_3, Criterion.CC7_4],
  control: 'processing-reliability',
  // Which events must not be lost depends on what they are about.
  severity: 'info',
  resourceTypes: ['AWS::Events::Rule', 'AWS::Scheduler::Schedule'],
  applies: (resource) => resource.type === 'AWS::Scheduler::Schedule' || !isFindingRoute(resource),
  rationale:
    'After a day of retries an event is gone, and with it an order or a booking that nobody misses until the customer does.',
  remediation: 'Set `deadLetterQueue` of the target.',
  references: ['NIST 800-53 SI-11'],
  check: (resource) => keepsWhatFails(resource.membersAt(resource.type === 'AWS::Events::Rule' ? 'Targets' : 'Target')),
  examples: {
    ...ofRules,
    pass: {
      ...ofRules.pass,
      'a schedule has a queue': schedule({ Arn: 'arn:aws:sqs:eu-west-1:111122223333:failed' }),
    },
    fail: { ...ofRules.fail, 'a schedule has none': schedule({ Ref: 'AWS::NoValue' }) },
  },
});
