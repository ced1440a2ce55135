import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'];

export default defineRule({
  id: 'CloudWatch.6',
  slug: 'alarm-cloudtrail-changes',
  title: 'Somebody is told when a trail changes or stops',
  rationale: 'Switching the audit trail off is what an intruder does first, and after that nothing else would tell.',
  references: ['CIS AWS Foundations 4.5', 'Security Hub CloudWatch.5', 'ElectricEye CloudTrail.13', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-cloudtrail-changes',
    what: 'changes of trails',
    pattern: patternOfCalls('cloudtrail', ...CALLS),
    records: callRecords('cloudtrail', ...CALLS),
    bus: 'own Region',
  }),
});
