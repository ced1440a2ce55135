import { defineRule } from '../rule';
import { trailAlarm } from '../shared/trail-alarm';
import { signInRecord } from '../shared/trail-records';

export default defineRule({
  id: 'CloudWatch.7',
  slug: 'alarm-console-auth-failures',
  title: 'Somebody is told when sign-ins to the console fail',
  rationale: 'Passwords are guessed in series; whoever sees the failures can act before one attempt succeeds.',
  references: ['CIS AWS Foundations 4.6', 'Security Hub CloudWatch.6', 'ElectricEye CloudTrail.14', 'NIST 800-53 AC-7'],
  ...trailAlarm({
    slug: 'alarm-console-auth-failures',
    what: 'sign-ins to the console that fail',
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }',
    records: [signInRecord('IAMUser', 'Failure', { errorMessage: 'Failed authentication' })],
    bus: 'incomplete',
    // People mistype: how many failures are unusual is for the organisation to say.
    pace: 'many',
  }),
});
