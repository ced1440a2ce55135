import { statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';

/** What templates say of a question. */
export type Answer = 'yes' | 'no' | 'not known';

/** What opens a session on a server. */
const ACTION = 'ssm:StartSession';

/** Policies of AWS of which it is known; others may change. */
const OPENING = new Set(['AdministratorAccess', 'AmazonSSMFullAccess', 'PowerUserAccess']);
const NOT_OPENING = new Set([
  'AWSSupportAccess',
  'job-function/Billing',
  'job-function/ViewOnlyAccess',
  'ReadOnlyAccess',
  'SecurityAudit',
]);

/** Whether people with a permission set may open sessions on servers. */
export function mayOpenSessions(set: Resource): Answer {
  const policy = set.at('InlinePolicy');
  const statements = statementsOf(policy);
  // A denial with a condition holds at times only.
  if (statements.some((each) => each.denies && each.covers(ACTION) && !each.hasCondition)) return 'no';
  const managed = set.membersAt('ManagedPolicies').map(({ text }) => /:policy\/(.+)$/.exec(text)?.[1] ?? '');
  const opens = managed.some((name) => OPENING.has(name)) || statements.some((each) => each.allows && each.covers(ACTION));
  if (opens) return 'yes';
  const isOpen =
    policy.isUnknown ||
    policy.string !== undefined ||
    statements.some((each) => each.isUnknown || (each.mayAllow('possibly') && each.covers(ACTION, 'possibly'))) ||
    managed.some((name) => !NOT_OPENING.has(name)) ||
    !set.at('CustomerManagedPolicyReferences').isAbsent;
  return isOpen ? 'not known' : 'no';
}
