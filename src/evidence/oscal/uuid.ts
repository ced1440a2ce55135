import { createHash } from 'node:crypto';
import type { Evidence } from '../evidence';

/** The namespace of the identifiers that this library makes. */
const NAMESPACE = Buffer.from('5b0f6c1e6a0f4d5c9a4f3c1d2e7b8a90', 'hex');

/** An identifier of version 5: the same name has the same one, so that two runs can be compared. */
function uuidOf(...names: readonly string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(names.join('\n')).digest().subarray(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Makes the identifier of what has these names. */
export type UuidOf = (...names: readonly string[]) => string;

/**
 * Makes the identifiers of one system: those of two systems differ, those of two versions of a system are the same.
 *
 * A system is known by its name and its accounts. One that has no name is known by its stacks, so that its identifiers change when a
 * stack comes or goes.
 */
export function uuidsOf({ input: { system }, ledger: { templates } }: Evidence): UuidOf {
  const accounts = sorted(templates.map(({ account, environment }) => account ?? environment));
  const stacks = sorted(templates.map(({ stack, path }) => stack ?? path));
  const identity = JSON.stringify(system ? { system, accounts } : { stacks, accounts });
  return (...names) => uuidOf(...names, identity);
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
