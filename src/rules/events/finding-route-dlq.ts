import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { isFindingRoute } from '../shared/security-findings';
import { deadLetterExamples, keepsWhatFails } from '../shared/target-dead-letters';

const route = (deadLetters: Json) => ({
  Findings: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] },
      Targets: [{ Id: 'on-call', Arn: 'arn:aws:sns:eu-west-1:111122223333:on-call', DeadLetterConfig: deadLetters }],
    },
  },
});

export default defineRule({
  id: 'Events.2',
  slug: 'finding-route-dlq',
  title: 'Security findings that cannot be delivered are kept',
  criteria: [Criterion.CC7_3, Criterion.CC7_4, Criterion.CC4_2],
  control: 'alert-routing',
  severity: 'warning',
  resourceTypes: ['AWS::Events::Rule'],
  rationale: 'EventBridge drops an event without a word when its target refuses it: a topic policy that was tightened is enough.',
  remediation: 'Set `deadLetterQueue` of the target, and raise an alarm when the queue holds a message.',
  references: ['NIST 800-53 SI-4', 'NIST 800-53 AU-5'],
  ...about(isFindingRoute, (rule) => keepsWhatFails(rule.membersAt('Targets'))),
  examples: deadLetterExamples(route),
});
