import { defineRule } from '../rule';
import { trailAlarm } from '../shared/trail-alarm';
import { callRecord } from '../shared/trail-records';

export default defineRule({
  id: 'CloudWatch.3',
  slug: 'alarm-unauthorized-api',
  title: 'Somebody is told when many calls are denied',
  rationale: 'Stolen credentials are tried on everything: a burst of denials is often the first trace of them.',
  references: ['CIS AWS Foundations 4.1', 'Security Hub CloudWatch.2', 'ElectricEye CloudTrail.9', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-unauthorized-api',
    what: 'calls that are denied',
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    records: [
      callRecord('ec2', 'RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
      callRecord('s3', 'GetObject', { errorCode: 'AccessDenied' }),
      callRecord('kms', 'Decrypt', { errorCode: 'AccessDeniedException' }),
    ],
    bus: 'incomplete',
    // Some denials are part of every day: how many are unusual is for the organisation to say.
    pace: 'many',
  }),
});
