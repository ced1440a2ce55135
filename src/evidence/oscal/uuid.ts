import { createHash } from 'node:crypto';

/** The namespace of the identifiers that this library makes. */
const NAMESPACE = Buffer.from('5b0f6c1e6a0f4d5c9a4f3c1d2e7b8a90', 'hex');

/** An identifier of version 5: the same name has the same one, so that two runs can be compared. */
export function uuidOf(...names: readonly string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(names.join('\n')).digest().subarray(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
