import { defineRule } from '../rule';
import { trailAlarm } from '../shared/trail-alarm';
import { callRecord, signInRecord } from '../shared/trail-records';

const ROOT = { type: 'Root', accountId: '111122223333', arn: 'arn:aws:iam::111122223333:root' };

export default defineRule({
  id: 'CloudWatch.4',
  slug: 'alarm-root-usage',
  title: 'Somebody is told when the root user acts',
  rationale: 'No policy limits the root user of an account: nobody needs it in daily work, so every use of it is an event.',
  references: ['CIS AWS Foundations 4.3', 'Security Hub CloudWatch.1', 'ElectricEye CloudTrail.11', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-root-usage',
    what: 'what the root user does',
    pattern: '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
    records: [callRecord('iam', 'CreateAccessKey', { userIdentity: ROOT }), signInRecord('Root', 'Success')],
    bus: 'incomplete',
  }),
});
