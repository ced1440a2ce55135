import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = ['DisableKey', 'ScheduleKeyDeletion'];

export default defineRule({
  id: 'CloudWatch.16',
  slug: 'alarm-cmk-deletion',
  title: 'Somebody is told when a customer key is disabled or set to be deleted',
  rationale: 'Data whose key is deleted is lost for ever; the waiting period only helps if somebody notices in time.',
  references: ['CIS AWS Foundations 4.7', 'Security Hub CloudWatch.7', 'ElectricEye CloudTrail.15', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-cmk-deletion',
    what: 'keys that are disabled or set to be deleted',
    pattern: patternOfCalls('kms', ...CALLS),
    records: callRecords('kms', ...CALLS),
    bus: 'own Region',
  }),
});
