import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'CreateSecurityGroup',
  'DeleteSecurityGroup',
];

export default defineRule({
  id: 'CloudWatch.10',
  slug: 'alarm-sg-changes',
  title: 'Somebody is told when a security group changes',
  rationale: 'A port that is opened by hand "for a moment" tends to stay open, and no template shows it.',
  references: ['CIS AWS Foundations 4.10', 'Security Hub CloudWatch.10', 'ElectricEye CloudTrail.18', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-sg-changes',
    what: 'changes of security groups',
    pattern: patternOfCalls('ec2', ...CALLS),
    records: callRecords('ec2', ...CALLS),
    bus: 'own Region',
  }),
});
