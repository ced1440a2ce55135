import type { Observation } from '../../model/observation';
import { type PolicyCondition, type Principal, patternOf, type Reading, type Statement, statementsOf } from '../../model/policy';
import type { Value } from '../../model/value';

/** Whether a rule is about what a statement allows. */
export type Concern = (statement: Statement, reading: Reading) => boolean;

const EXPECTED = 'named principals, or a condition on who they are';

/** Statements of a resource policy that let anyone use what they allow. */
export function publicGrants(document: Value, concern: Concern = () => true): Observation[] {
  if (document.isUnknown) return [document.undetermined(EXPECTED)];
  return statementsOf(document).flatMap((statement) => {
    if (statement.isUnknown) return [statement.value.undetermined(EXPECTED)];
    return statement.allows && concern(statement, 'possibly') ? judge(statement, concern) : [];
  });
}

function judge(statement: Statement, concern: Concern): Observation[] {
  const { value, principals, notPrincipals } = statement;
  if (statement.isForEveryone || principals.some(isAnyAccount)) {
    const who = value.at(notPrincipals.length > 0 ? 'NotPrincipal' : 'Principal');
    if (!statement.isNarrowed) {
      return concern(statement, 'surely')
        ? [who.fails(EXPECTED, `a statement lets everyone do ${what(statement)}`)]
        : [value.undetermined(EXPECTED, 'a statement lets everyone do something that is not known')];
    }
    const narrowing = statement.conditions.filter(({ key }) => IDENTIFYING.test(key));
    return narrowing.every(mayBeWide) ? [value.at('Condition').undetermined('a condition that not everyone meets')] : [];
  }
  if (statement.isNarrowed) return [];
  const open = principals.find((principal) => principal.kind === 'AWS' && mayBeAnything(principal.value));
  return open ? [open.value.undetermined(EXPECTED)] : [];
}

function what({ actions }: Statement): string {
  return actions.length > 0 ? actions.map((action) => action.text).join(', ') : 'all that it does not list';
}

/** An ARN with a wildcard in the place of the account. */
function isAnyAccount({ kind, value }: Principal): boolean {
  return kind === 'AWS' && /^arn:[^:]*:(iam|sts)::\*/.test(patternOf(value, 'surely'));
}

/** Condition keys that may say who calls. */
const IDENTIFYING = /^(aws:(principal|source|userid)|kms:calleraccount|s3:dataaccesspoint)/;

/** Whether deployment may put a pattern into the condition that everyone matches. */
function mayBeWide({ operator, values }: PolicyCondition): boolean {
  return !operator.startsWith('stringequals') && values.some(mayBeAnything);
}

function mayBeAnything(value: Value): boolean {
  return /^\*+$/.test(patternOf(value, 'possibly'));
}
