import type { Json, JsonObject } from '../../model/json';
import { type Statement, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { document } from './iam-examples';
import { fromJsonText } from './json-text';

/** The statements about who may take a role. */
export function trustOf(role: Resource): Statement[] {
  return statementsOf(fromJsonText(role.at('AssumeRolePolicyDocument')));
}

/** A role with one statement about who may take it, for examples. */
export function trusting(Principal: Json, more: JsonObject = {}) {
  const statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more };
  return { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document(statement) } } };
}
