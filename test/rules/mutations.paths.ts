import { isObject, type Json, type JsonObject, own } from '../../src/model/json';

/** The keys that lead to a value: names in mappings, positions in lists. */
export type Keys = readonly (string | number)[];

/**
 * Places that a path means, present ones only.
 *
 * The parts of a path stand between slashes, for keys of CloudFormation have dots:
 * - `Name` is a member of a mapping,
 * - `*` is every member of a list, one at a time, or what stands where a list could,
 * - `{}` is every member of a mapping, one at a time,
 * - `[Key=Value]` is every member of a list in which that holds; so are `[Key!=Value]`, `[Key~part]`, `[Key]` and `[!Key]`, one after another,
 *   and each key may be a path; `[.=value]` is about the members themselves.
 */
export function placesAt(node: Json | undefined, path: string): Keys[] {
  return places(node, path, false);
}

/** The same, and the places that would be there if the members of mappings that a path names were. */
export function placesToMakeAt(node: Json | undefined, path: string): Keys[] {
  return places(node, path, true);
}

/** What stands at a place. */
export function valueAt(node: Json | undefined, keys: Keys): Json | undefined {
  return keys.reduce<Json | undefined>((each, key) => child(each, key), node);
}

/** The same with another value at a place, or with none; the mappings on the way are made where they are not there. */
export function withValue(node: Json | undefined, keys: Keys, value: Json | undefined): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value ?? null;
  const isLast = rest.length === 0;
  if (typeof key === 'number') {
    const list = Array.isArray(node) ? [...node] : node === undefined ? [] : [node];
    if (isLast && value === undefined) list.splice(key, 1);
    else list[key] = isLast ? value! : withValue(list[key], rest, value);
    return list;
  }
  const object: JsonObject = isObject(node) ? { ...node } : {};
  if (isLast && value === undefined) delete object[key];
  else object[key] = isLast ? value! : withValue(own(object, key), rest, value);
  return object;
}

export function textOf(keys: Keys): string {
  return keys.join('/');
}

/** Every place in a value, with the value itself first, each before what is in it. */
export function* allPlaces(node: Json, keys: Keys = []): Generator<Keys> {
  yield keys;
  if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* allPlaces(item, [...keys, index]);
  else if (isObject(node)) for (const [key, member] of Object.entries(node)) yield* allPlaces(member, [...keys, key]);
}

function places(node: Json | undefined, path: string, make: boolean): Keys[] {
  if (!make && (node === undefined || isNoValue(node))) return [];
  if (path === '') return [[]];
  const [first, rest] = split(path);
  return childrenOf(node, first, make).flatMap(([keys, child]) => places(child, rest, make).map((more) => [...keys, ...more]));
}

function isNoValue(node: Json): boolean {
  return isObject(node) && node.Ref === 'AWS::NoValue';
}

/** The first part of a path and the others; a slash in brackets parts nothing. */
function split(path: string): [string, string] {
  let depth = 0;
  for (let index = 0; index < path.length; index++) {
    if (path[index] === '[') depth++;
    if (path[index] === ']') depth--;
    if (path[index] === '/' && depth === 0) return [path.slice(0, index), path.slice(index + 1)];
  }
  return [path, ''];
}

function childrenOf(node: Json | undefined, part: string, make: boolean): [Keys, Json | undefined][] {
  if (part === '{}') return isObject(node) ? Object.entries(node).map(([key, member]) => [[key], member]) : [];
  if (part === '*' || part.startsWith('[')) {
    if (node === undefined) return [];
    const items: [Keys, Json][] = Array.isArray(node) ? node.map((item, index) => [[index], item]) : [[[], node]];
    const tests = part === '*' ? [] : part.slice(1, -1).split('][');
    return items.filter(([, item]) => tests.every((test) => holds(item, test)));
  }
  const member = child(node, part);
  return member === undefined && !make ? [] : [[[part], member]];
}

function holds(item: Json, test: string): boolean {
  const [, not, path, operator = '', wanted] = /^(!?)([^=!~]+)(?:(!?=|~)(.*))?$/.exec(test)!;
  const found = placesAt(item, path === '.' ? '' : path).map((keys) => valueAt(item, keys));
  if (operator === '') return found.length > 0 !== (not === '!');
  if (operator === '~') return found.some((value) => JSON.stringify(value).includes(wanted));
  return found.some((value) => String(value) === wanted) !== (operator === '!=');
}

function child(node: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(node)) return typeof key === 'number' ? node[key] : undefined;
  return isObject(node) && typeof key === 'string' ? own(node, key) : undefined;
}
