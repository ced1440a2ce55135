import { canonical, type Json, type JsonObject } from '../../src/model/json';
import type { ResourceEntry } from '../../src/model/template';
import type { Change } from './mutations.catalogue';
import { type Keys, placesAt, placesToMakeAt, textOf, valueAt, withValue } from './mutations.paths';

/** One change of one place of a resource. */
export interface Mutation {
  readonly change: Change;
  readonly entry: ResourceEntry;
  /** Where, below `Properties`. */
  readonly place: Keys;
  /** What was done, in words. */
  readonly words: string;
  /** The resource afterwards; nothing when it was removed as a whole. */
  readonly resource: JsonObject | undefined;
}

/** The mutations that a change means for a resource. */
export function mutationsOf(entry: ResourceEntry, change: Change): Mutation[] {
  const properties = (entry.body.Properties ?? {}) as JsonObject;
  if (change.unless?.some((path) => placesAt(properties, path).length > 0)) return [];
  if (change.when?.some((path) => placesAt(properties, path).length === 0)) return [];
  const made = (keys: Keys, value: Json | undefined, words: string): Mutation => ({
    change,
    entry,
    place: keys,
    words,
    resource: { ...entry.body, Properties: withValue(properties, keys, value) },
  });

  if (change.kind === 'remove') {
    if (change.path === '') return [{ change, entry, place: [], words: 'the resource is removed', resource: undefined }];
    return placesAt(properties, change.path).map((keys) => made(keys, undefined, `${textOf(keys)} is removed`));
  }
  return targets(properties, change).flatMap((keys) => {
    const before = valueAt(properties, keys);
    return valuesFor(change, before)
      .filter((value) => before === undefined || canonical(value) !== canonical(before))
      .map((value) => made(keys, value, `${textOf(keys)} is ${JSON.stringify(value)}`));
  });
}

/** What is added may be added where nothing is yet: a member of a list that stands at `…/+`, or a property. */
function targets(properties: JsonObject, { kind, path }: Change): Keys[] {
  if (kind !== 'add') return placesAt(properties, path);
  if (!path.endsWith('/+')) return placesToMakeAt(properties, path);
  return placesToMakeAt(properties, path.slice(0, -'/+'.length)).map((keys) => {
    const members = valueAt(properties, keys);
    return [...keys, Array.isArray(members) ? members.length : members === undefined ? 0 : 1];
  });
}

function valuesFor({ kind, to }: Change, before: Json | undefined): readonly Json[] {
  if (kind !== 'flip') return to ?? [];
  const [wrong] = to!;
  if (String(before) !== String(!wrong)) return [];
  return [typeof before === 'string' ? String(wrong) : wrong];
}
