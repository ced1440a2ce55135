import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'CreateRoute',
  'CreateRouteTable',
  'ReplaceRoute',
  'ReplaceRouteTableAssociation',
  'DeleteRouteTable',
  'DeleteRoute',
  'DisassociateRouteTable',
];

export default defineRule({
  id: 'CloudWatch.13',
  slug: 'alarm-route-table-changes',
  title: 'Somebody is told when a route table changes',
  rationale: 'A changed route can send traffic around the firewall, or through the network of somebody else.',
  references: ['CIS AWS Foundations 4.13', 'Security Hub CloudWatch.13', 'ElectricEye CloudTrail.21', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-route-table-changes',
    what: 'changes of route tables',
    pattern: patternOfCalls('ec2', ...CALLS),
    records: callRecords('ec2', ...CALLS),
    bus: 'own Region',
  }),
});
