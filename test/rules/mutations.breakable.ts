import { type Json, type JsonObject, own } from '../../src/model/json';
import type { Rule } from '../../src/rules/rule';
import { templateOf, verdictOf } from '../helpers/judge';
import { allPlaces, type Keys, valueAt, withValue } from './mutations.paths';

/** Whether an example that passes can be broken in one place, so that its rule says so. */
export function isBreakable(rule: Rule): boolean {
  const wrong = Object.values(rule.examples.fail).map(templateOf);
  return Object.values(rule.examples.pass)
    .map(templateOf)
    .some((body) => [...brokenWays(body), ...graftedWays(body, wrong)].some((broken) => isWrong(rule, broken)));
}

function isWrong(rule: Rule, body: JsonObject): boolean {
  return ['fail', 'undetermined'].includes(verdictOf(rule, body));
}

/** A template with something else, or nothing, in one place. */
function* brokenWays(body: JsonObject): Generator<JsonObject> {
  for (const keys of allPlaces(body)) {
    if (keys[0] === 'Resources' && keys.length === 2)
      yield replaced(body, keys, { Type: 'AWS::CloudFormation::WaitConditionHandle' });
    else if (keys[0] === 'Resources' ? keys[2] === 'Properties' && keys.length > 3 : keys.length > 1)
      for (const value of othersThan(valueAt(body, keys))) yield replaced(body, keys, value);
  }
}

/** A template in which one property of a resource is what it is in an example that fails. */
function* graftedWays(body: JsonObject, wrong: readonly JsonObject[]): Generator<JsonObject> {
  for (const [logicalId, { Type, Properties = {} }] of resourcesOf(body)) {
    const same = wrong.flatMap((each) => resourcesOf(each)).filter(([, resource]) => resource.Type === Type);
    for (const [, { Properties: others = {} }] of same)
      for (const [key, value] of Object.entries(others as JsonObject))
        if (own(Properties as JsonObject, key) !== value)
          yield replaced(body, ['Resources', logicalId, 'Properties', key], value);
  }
}

function resourcesOf({ Resources }: JsonObject): [string, JsonObject][] {
  return Object.entries(Resources as JsonObject) as [string, JsonObject][];
}

function replaced(body: JsonObject, keys: Keys, value: Json | undefined): JsonObject {
  return withValue(body, keys, value) as JsonObject;
}

function othersThan(value: Json | undefined): (Json | undefined)[] {
  if (typeof value === 'boolean') return [undefined, !value];
  if (value === 'true' || value === 'false') return [undefined, value === 'true' ? 'false' : 'true'];
  if (typeof value === 'number') return [undefined, 0, 99_999];
  return typeof value === 'string' ? [undefined, 'x', '*', '0.0.0.0/0'] : [undefined];
}
