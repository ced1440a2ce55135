import { createHash } from 'node:crypto';
import { fileName, type HostFiles, legible } from './read-state';

/** What became of an attribute of a file. */
export interface AttributeChange {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
}

/** What became of a file. */
export interface FileChange {
  readonly file: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What kind of file it is, or was. */
  readonly type: string;
  readonly attributes?: readonly AttributeChange[];
}

/** Every difference between two states, by the names of files. */
export interface Comparison {
  readonly changes: readonly FileChange[];
  /** Attributes that only one of both states has: files were compared without them. */
  readonly notCompared: readonly string[];
}

/** Attributes in the words of people. */
const WORDS: Readonly<Record<string, string>> = {
  perm: 'permissions',
  uid: 'owner',
  gid: 'group',
  lname: 'target of the link',
  sha256: 'content (SHA-256)',
  acl: 'access list',
  xattrs: 'extended attributes',
  selinux: 'label of SELinux',
  sddl: 'access list',
  sid: 'owner',
};

/** Types by the first digits of the permissions, in octal. */
const TYPES: Readonly<Record<string, string>> = {
  1: 'pipe',
  2: 'character device',
  4: 'folder',
  6: 'block device',
  10: 'file',
  12: 'link',
  14: 'socket',
};

/** Compare the files of a host with what they should be. */
export function compareStates(before: HostFiles, after: HostFiles): Comparison {
  const shared = before.columns.filter((column) => after.columns.includes(column));
  const notCompared = [...before.columns, ...after.columns].filter((column) => !shared.includes(column));
  const changes: FileChange[] = [];
  for (const [name, was] of before.entries) {
    const is = after.entries.get(name);
    if (is === undefined) changes.push({ file: fileName(name), change: 'removed', type: typeOf(before, was) });
    else if (is !== was || notCompared.length > 0) {
      const attributes = differences(before, was, after, is, shared);
      if (attributes.length > 0) changes.push({ file: fileName(name), change: 'changed', type: typeOf(after, is), attributes });
    }
  }
  for (const [name, is] of after.entries) {
    if (!before.entries.has(name)) changes.push({ file: fileName(name), change: 'added', type: typeOf(after, is) });
  }
  changes.sort((one, other) => (one.file < other.file ? -1 : 1));
  return { changes, notCompared };
}

/** Which changes these are, in a few characters: the same changes have the same. */
export function fingerprintOf(changes: readonly FileChange[]): string {
  return createHash('sha256').update(JSON.stringify(changes)).digest('hex');
}

function differences(before: HostFiles, was: string, after: HostFiles, is: string, shared: readonly string[]): AttributeChange[] {
  const then = valuesOf(before, was);
  const now = valuesOf(after, is);
  const type = typeOf(after, is);
  return shared.flatMap((column) => {
    // The size of a folder is that of its list of files, and says nothing more than that list.
    if (then[column] === now[column] || (column === 'size' && type === 'folder')) return [];
    return [{ attribute: WORDS[column] ?? column, before: shown(column, then[column]), after: shown(column, now[column]) }];
  });
}

function valuesOf({ columns }: HostFiles, entry: string): Readonly<Record<string, string>> {
  const values = entry.split(' ');
  return Object.fromEntries(columns.map((column, index) => [column, values[index]]));
}

function typeOf(state: HostFiles, entry: string): string {
  const { perm } = valuesOf(state, entry);
  return TYPES[perm?.slice(0, -4)] ?? 'file';
}

function shown(column: string, value: string): string {
  if (column === 'perm') return value.slice(-4);
  if (column === 'acl' || column === 'sddl') return value.split(',').map(unpacked).join('; ');
  return fileName(value).slice(0, 500);
}

/** Access lists are written in Base64, the word POSIX in front of them. */
function unpacked(part: string): string {
  if (part === 'POSIX' || part === '0') return part;
  return legible(Buffer.from(part, 'base64').toString('utf8').trim().replaceAll('\n', ' '));
}
