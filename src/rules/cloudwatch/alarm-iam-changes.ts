import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'DeleteGroupPolicy',
  'DeleteRolePolicy',
  'DeleteUserPolicy',
  'PutGroupPolicy',
  'PutRolePolicy',
  'PutUserPolicy',
  'CreatePolicy',
  'DeletePolicy',
  'CreatePolicyVersion',
  'DeletePolicyVersion',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'AttachUserPolicy',
  'DetachUserPolicy',
  'AttachGroupPolicy',
  'DetachGroupPolicy',
];

export default defineRule({
  id: 'CloudWatch.5',
  slug: 'alarm-iam-changes',
  title: 'Somebody is told when permissions in IAM change',
  rationale:
    'Whoever can change a policy can give everything else to themselves; such a change outside a deployment is worth a look on the same day.',
  references: ['CIS AWS Foundations 4.4', 'Security Hub CloudWatch.4', 'ElectricEye CloudTrail.12', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-iam-changes',
    what: 'changes of permissions in IAM',
    pattern: patternOfCalls('iam', ...CALLS),
    records: callRecords('iam', ...CALLS),
    bus: 'us-east-1',
  }),
});
