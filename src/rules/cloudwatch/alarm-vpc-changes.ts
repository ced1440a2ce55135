import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'CreateVpc',
  'DeleteVpc',
  'ModifyVpcAttribute',
  'AcceptVpcPeeringConnection',
  'CreateVpcPeeringConnection',
  'DeleteVpcPeeringConnection',
  'RejectVpcPeeringConnection',
];

export default defineRule({
  id: 'CloudWatch.14',
  slug: 'alarm-vpc-changes',
  title: 'Somebody is told when a VPC or a peering changes',
  rationale: 'An accepted peering joins two networks whose separation other controls rely on.',
  references: ['CIS AWS Foundations 4.14', 'Security Hub CloudWatch.14', 'ElectricEye CloudTrail.22', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-vpc-changes',
    what: 'changes of VPCs and peerings',
    pattern: patternOfCalls('ec2', ...CALLS),
    records: callRecords('ec2', ...CALLS),
    bus: 'own Region',
  }),
});
