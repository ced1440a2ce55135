import { isObject, isScalar, type Json, type JsonObject, own } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { fromJsonText } from './json-text';
import { allAre, anyIs, isNot, isOneOf, type Ternary } from './ternary';
import { followsWildcard } from './wildcard';

/** The event pattern of a rule of EventBridge. */
export function eventPatternOf(rule: Resource): Value {
  return rule.at('EventPattern').once(fromJsonText);
}

/** Whether a rule names a source of events. */
export function isAbout(rule: Resource, ...sources: readonly string[]): Ternary {
  return anyIs(
    eventPatternOf(rule)
      .at('source')
      .items()
      .map((source) => isOneOf(source, sources)),
  );
}

/** Whether a pattern of EventBridge matches an event; undefined when only deployment knows, or the pattern is not understood. */
export function matchesEvent(pattern: Value, event: JsonObject): Ternary {
  return pattern.isAbsent ? false : matchesFields(pattern, [event]);
}

/** Whether the fields of a pattern are met by one of some objects, or by what is not there. */
function matchesFields(pattern: Value, objects: readonly (Json | undefined)[]): Ternary {
  const fields = pattern.entries();
  // EventBridge takes no pattern without fields: it is not known, or not understood.
  if (fields.length === 0) return undefined;
  return allAre(
    fields.map(([key, wanted]) => {
      if (key === '$or') return anyIs(wanted.items().map((each) => matchesFields(each, objects)));
      const found = objects.flatMap((object) => (isObject(object) ? own(object, key) : undefined));
      return isLeaf(wanted) ? anyIs(wanted.items().map((each) => matchesOne(each, found))) : matchesFields(wanted, found);
    }),
  );
}

function isLeaf(wanted: Value): boolean {
  return wanted.resolved.kind === 'known' && Array.isArray(wanted.resolved.value);
}

function matchesOne(wanted: Value, found: readonly (Json | undefined)[]): Ternary {
  // A text that deployment fills in is some text: it is itself, and does not match what is not there.
  if (wanted.isUnknown) return found.includes(wanted.text) || (found.every((value) => value === undefined) ? false : undefined);
  const { scalar } = wanted;
  if (scalar !== undefined) return found.includes(scalar);
  const exists = wanted.at('exists').boolean;
  if (exists !== undefined) return found.some((value) => value !== undefined) === exists;
  const there = found.filter((value) => value !== undefined);
  const tests = wanted.entries().map(([operator, operand]) => anyIs(there.map((value) => meets(value, operator, operand))));
  return tests.length === 0 ? undefined : allAre(tests);
}

function meets(value: Json, operator: string, operand: Value): Ternary {
  if (operand.isUnknown && operator !== 'anything-but') return undefined;
  const text = operand.string ?? '';
  const isText = typeof value === 'string';
  switch (operator) {
    case 'prefix':
    case 'suffix':
      if (operand.string === undefined) return undefined;
      return isText && (operator === 'prefix' ? value.startsWith(text) : value.endsWith(text));
    case 'wildcard':
      return isText && followsWildcard(text, value);
    case 'equals-ignore-case':
      return isText && value.toLowerCase() === text.toLowerCase();
    case 'numeric':
      return isInRange(value, operand.items());
    case 'anything-but':
      return isNot(anyIs(operand.items().flatMap((each) => excluded(value, each))));
    default:
      return undefined;
  }
}

function excluded(value: Json, operand: Value): Ternary[] {
  if (operand.isUnknown) return [operand.text === value || undefined];
  if (isScalar(operand.scalar)) return [operand.scalar === value];
  return operand.entries().map(([operator, members]) => anyIs(members.items().map((member) => meets(value, operator, member))));
}

/** `['>', 4, '<=', 9]`. */
function isInRange(value: Json, range: readonly Value[]): Ternary {
  if (typeof value !== 'number') return false;
  const tests: Ternary[] = [];
  for (let index = 0; index + 1 < range.length; index += 2) {
    const { number: limit } = range[index + 1];
    const compare = COMPARISONS.get(range[index].string ?? '');
    tests.push(limit === undefined || compare === undefined ? undefined : compare(value, limit));
  }
  return allAre(tests);
}

const COMPARISONS: ReadonlyMap<string, (value: number, limit: number) => boolean> = new Map([
  ['=', (value, limit) => value === limit],
  ['<', (value, limit) => value < limit],
  ['<=', (value, limit) => value <= limit],
  ['>', (value, limit) => value > limit],
  ['>=', (value, limit) => value >= limit],
]);

/** Whether what a pattern asks of one field is met by a value; a field that it does not mention may have any. */
export function allowsValue(pattern: Value, key: string, value: Json): Ternary {
  const wanted = pattern.at(key);
  return wanted.isAbsent || (isLeaf(wanted) ? anyIs(wanted.items().map((each) => matchesOne(each, [value]))) : undefined);
}
