import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'CreateNetworkAcl',
  'CreateNetworkAclEntry',
  'DeleteNetworkAcl',
  'DeleteNetworkAclEntry',
  'ReplaceNetworkAclEntry',
  'ReplaceNetworkAclAssociation',
];

export default defineRule({
  id: 'CloudWatch.11',
  slug: 'alarm-nacl-changes',
  title: 'Somebody is told when a network ACL changes',
  rationale: 'Network ACLs are rarely touched: a change by hand is a mistake or an attempt to get past the boundary.',
  references: ['CIS AWS Foundations 4.11', 'Security Hub CloudWatch.11', 'ElectricEye CloudTrail.19', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-nacl-changes',
    what: 'changes of network ACLs',
    pattern: patternOfCalls('ec2', ...CALLS),
    records: callRecords('ec2', ...CALLS),
    bus: 'own Region',
  }),
});
