import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'AcceptHandshake',
  'AttachPolicy',
  'CreateAccount',
  'CreateOrganizationalUnit',
  'CreatePolicy',
  'DeclineHandshake',
  'DeleteOrganization',
  'DeleteOrganizationalUnit',
  'DeletePolicy',
  'DetachPolicy',
  'DisablePolicyType',
  'EnablePolicyType',
  'InviteAccountToOrganization',
  'LeaveOrganization',
  'MoveAccount',
  'RemoveAccountFromOrganization',
  'UpdateOrganizationalUnit',
  'UpdatePolicy',
];

export default defineRule({
  id: 'CloudWatch.15',
  slug: 'alarm-organizations-changes',
  title: 'Somebody is told when the organization changes',
  rationale:
    'An account that leaves the organization, or a policy that is detached, takes the guard rails of everything below with it.',
  references: ['CIS AWS Foundations 4.15', 'ElectricEye CloudTrail.23', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-organizations-changes',
    what: 'changes of the organization',
    pattern: patternOfCalls('organizations', ...CALLS),
    records: callRecords('organizations', ...CALLS),
    bus: 'us-east-1',
  }),
});
