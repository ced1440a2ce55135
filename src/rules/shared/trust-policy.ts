import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { type Reading, type Statement, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { ResourceRule } from '../rule';
import { when } from './about';
import { document } from './iam-examples';
import { fromJsonText } from './json-text';
import type { Ternary } from './ternary';

/** The statements about who may take a role. */
export function trustOf(role: Resource): Statement[] {
  return statementsOf(fromJsonText(role.at('AssumeRolePolicyDocument')));
}

/** `applies` and `check` of a rule about some statements on who may take a role, where deployment may decide which. */
export function aboutTrust(
  isMeant: (statement: Statement, reading: Reading) => boolean,
  judge: (statement: Statement) => Observation[],
): Required<Pick<ResourceRule, 'applies' | 'check'>> {
  const answer = (statement: Statement): Ternary =>
    (statement.allows && isMeant(statement, 'surely')) ||
    (statement.mayAllow('possibly') && isMeant(statement, 'possibly') ? undefined : false);
  return {
    applies: (role) => trustOf(role).some((each) => answer(each) !== false),
    check: (role) =>
      trustOf(role).flatMap((each) => {
        const found = answer(each);
        return found === false ? [] : when(found, judge(each));
      }),
  };
}

/** A role with one statement about who may take it, for examples. */
export function trusting(Principal: Json, more: JsonObject = {}) {
  const statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more };
  return { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document(statement) } } };
}
