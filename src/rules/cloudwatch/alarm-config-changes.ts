import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = ['StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder'];

export default defineRule({
  id: 'CloudWatch.9',
  slug: 'alarm-config-changes',
  title: 'Somebody is told when AWS Config changes or stops',
  rationale:
    'While the recorder stands still, changes leave no configuration history, and the evidence of the period has a hole.',
  references: ['CIS AWS Foundations 4.9', 'Security Hub CloudWatch.9', 'ElectricEye CloudTrail.17', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-config-changes',
    what: 'changes of AWS Config',
    pattern: patternOfCalls('config', ...CALLS),
    records: callRecords('config', ...CALLS),
    bus: 'own Region',
  }),
});
