import { type Evaluation, evaluate } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import { isScalar, type Json, type JsonObject } from '../../src/model/json';
import { Template } from '../../src/model/template';
import type { Rule } from '../../src/rules/rule';
import { templateOf } from '../helpers/judge';
import { allPlaces, type Keys, valueAt, withValue } from './mutations.paths';

/** Nobody knows before deployment what it is. */
export const PARAMETER = 'FreeOfAnything';

/** A rule that is content with a value that only deployment knows, though with some value it would not be. */
export interface Leniency {
  readonly rule: string;
  /** Type and property, with `*` for every member of a list. */
  readonly place: string;
  /** `passes`: the verdict is that all is well. `is silent`: there is no verdict. */
  readonly how: 'passes' | 'is silent';
  readonly words: string;
}

/**
 * Try, in every example of a rule, every value as a parameter that may be anything.
 *
 * What fails with the value as it is must not be right with the parameter, and neither must what fails with a value that another
 * example has at that place, or with the opposite.
 */
export function* leniencies(rule: Rule): Generator<Leniency> {
  const { pass, fail, undetermined = {} } = rule.examples;
  const examples = [pass, fail, undetermined]
    .flatMap((each) => Object.entries(each))
    .map(([name, body]) => ({ name, body: withParameter(templateOf(body)) }));
  const known = valuesByPlace(examples.map(({ body }) => body));
  for (const { name, body } of examples) {
    const before = outcomes(rule, body);
    for (const { type, logicalId, keys, value } of valuesIn(body)) {
      const place = placeOf(type, keys);
      const at = ['Resources', logicalId, 'Properties', ...keys];
      const put = (other: Json) => outcomes(rule, withValue(body, at, other) as JsonObject);
      const after = put({ Ref: PARAMETER });
      const isSettled = [...before.keys()].every((key) => after.has(key)) && ![...after.values()].includes('pass');
      const others = isSettled ? [] : [...(known.get(place) ?? []), ...(typeof value === 'boolean' ? [!value] : [])];
      const wrong = [before, ...others.filter((other) => other !== value && other !== '').map(put)];
      for (const how of ['passes', 'is silent'] as const) {
        const isRight = (key: string) => after.get(key) === (how === 'passes' ? 'pass' : undefined);
        const key = wrong
          .flatMap((verdicts) => [...verdicts].filter(([, outcome]) => isWrong(outcome)).map(([each]) => each))
          .find(isRight);
        if (key !== undefined) yield { rule: rule.slug, place, how, words: `'${name}': ${logicalId} ${keys.join('.')}` };
      }
    }
  }
}

/** A template that declares the parameter. */
export function withParameter(body: JsonObject): JsonObject {
  return { ...body, Parameters: { ...(body.Parameters as JsonObject | undefined), [PARAMETER]: { Type: 'String' } } };
}

/** The verdicts of a rule, by resource. */
function outcomes(rule: Rule, body: JsonObject): Map<string, Evaluation['outcome']> {
  const assembly = new Assembly([new Template(body, { path: 'example', sha256: '' })], true);
  return new Map([...evaluate(assembly, [rule])].flat().map(({ entry, outcome }) => [entry?.logicalId ?? '', outcome]));
}

function isWrong(outcome: Evaluation['outcome']): boolean {
  return outcome === 'fail' || outcome === 'missing';
}

interface Found {
  readonly type: string;
  readonly logicalId: string;
  readonly keys: Keys;
  readonly value: string | number | boolean;
}

/** The scalars in the properties of resources; names of parameters, resources and conditions are no values. */
function* valuesIn({ Resources }: JsonObject): Generator<Found> {
  for (const [logicalId, { Type, Properties = {} }] of Object.entries(Resources as JsonObject) as [string, JsonObject][]) {
    for (const keys of allPlaces(Properties)) {
      const value = valueAt(Properties, keys);
      if (isScalar(value) && !isName(keys)) yield { type: String(Type), logicalId, keys, value };
    }
  }
}

export function isName(keys: Keys): boolean {
  const [outer, last] = keys.slice(-2);
  return (
    last === 'Ref' ||
    keys.includes('Fn::GetAtt') ||
    keys.includes('Fn::Sub') ||
    keys.includes('Fn::FindInMap') ||
    (outer === 'Fn::If' && last === 0)
  );
}

function valuesByPlace(bodies: readonly JsonObject[]): Map<string, Set<string | number | boolean>> {
  const known = new Map<string, Set<string | number | boolean>>();
  for (const { type, keys, value } of bodies.flatMap((body) => [...valuesIn(body)])) {
    const place = placeOf(type, keys);
    known.set(place, (known.get(place) ?? new Set()).add(value));
  }
  return known;
}

export function placeOf(type: string, keys: Keys): string {
  return `${type} ${keys.map((key) => (typeof key === 'number' ? '*' : key)).join('/')}`;
}
