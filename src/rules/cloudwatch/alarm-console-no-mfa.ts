import { defineRule } from '../rule';
import { trailAlarm } from '../shared/trail-alarm';
import { signInRecord } from '../shared/trail-records';

export default defineRule({
  id: 'CloudWatch.17',
  slug: 'alarm-console-no-mfa',
  title: 'Somebody is told when a user signs in to the console without a second factor',
  rationale: 'A sign-in with nothing but a password is what a stolen password looks like.',
  references: ['CIS AWS Foundations 4.2', 'Security Hub CloudWatch.3', 'ElectricEye CloudTrail.10', 'NIST 800-53 IA-2'],
  ...trailAlarm({
    slug: 'alarm-console-no-mfa',
    what: 'sign-ins to the console without a second factor',
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
    records: [signInRecord('IAMUser', 'Success', { additionalEventData: { MFAUsed: 'No' } })],
    bus: 'incomplete',
  }),
});
