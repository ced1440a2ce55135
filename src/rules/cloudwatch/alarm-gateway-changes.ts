import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'CreateCustomerGateway',
  'DeleteCustomerGateway',
  'AttachInternetGateway',
  'CreateInternetGateway',
  'DeleteInternetGateway',
  'DetachInternetGateway',
];

export default defineRule({
  id: 'CloudWatch.12',
  slug: 'alarm-gateway-changes',
  title: 'Somebody is told when a gateway to other networks changes',
  rationale: 'A new gateway is a new way out of a network that was designed to have none.',
  references: ['CIS AWS Foundations 4.12', 'Security Hub CloudWatch.12', 'ElectricEye CloudTrail.20', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-gateway-changes',
    what: 'changes of network gateways',
    pattern: patternOfCalls('ec2', ...CALLS),
    records: callRecords('ec2', ...CALLS),
    bus: 'own Region',
  }),
});
