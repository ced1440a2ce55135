import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

/** The files of a host at some time, as it sent them. */
export interface HostFiles {
  /** SHA-256 of what was sent, in hexadecimal digits. */
  readonly sha256: string;
  /** What the host says of itself; it is not to be trusted. */
  readonly context: Readonly<Record<string, string>>;
  /** What the package of AIDE says of its files: nothing when they are as they were installed. */
  readonly verification: readonly string[];
  /** Who was signed in, as the host says. */
  readonly logins: readonly string[];
  /** Names of the attributes in each entry, in this order. */
  readonly columns: readonly string[];
  /** Attributes of each file with spaces between them, by the name of the file as AIDE writes it. */
  readonly entries: ReadonlyMap<string, string>;
}

/** A state that cannot be read to its end. */
export class UnreadableState extends Error {
  public override readonly name = 'UnreadableState';
}

/** What AIDE writes of a file and is no matter of its integrity: places on the disk, and which attributes there are. */
const LEFT_OUT = new Set(['name', 'attr', 'inode', 'lcount', 'bcount', 'atime', 'mtime', 'ctime']);

/** Most bytes of a state, unpacked: some million files. */
export const MOST_BYTES = 256 * 1024 * 1024;

/** Most lines that are kept of each section about the host. */
const MOST_LINES = 300;

/**
 * Read what a host sent: a section about the host, and the database of AIDE.
 *
 * @see https://aide.github.io/doc/
 * @throws UnreadableState when it is cut off, too large, or of another form.
 */
export function readState(sent: Uint8Array, most = MOST_BYTES): HostFiles {
  const sections = { C: [] as string[], V: [] as string[], L: [] as string[] };
  const entries = new Map<string, string>();
  let columns: string[] = [];
  let kept: number[] = [];
  let place: 'start' | 'host' | 'database' | 'end' = 'start';
  for (const line of linesOf(unpack(sent, most))) {
    if (place === 'start') {
      if (line !== '@@soc2-state 1')
        throw new UnreadableState(`it does not begin as a state does, but with '${line.slice(0, 40)}'`);
      place = 'host';
    } else if (place === 'host') {
      if (line === '@@soc2-database') place = 'database';
      else keep(sections, line);
    } else if (place === 'end') {
      throw new UnreadableState('something follows the end of the database');
    } else if (line === '@@end_db') {
      place = 'end';
    } else if (line.startsWith('@@db_spec ')) {
      const all = line.trim().split(' ').slice(1);
      kept = all.flatMap((column, index) => (LEFT_OUT.has(column) ? [] : [index]));
      columns = kept.map((index) => all[index]);
      if (all[0] !== 'name') throw new UnreadableState('the database does not say what is in it');
      if (!columns.includes('sha256')) throw new UnreadableState('the database says nothing of what files hold (sha256)');
    } else if (line !== '' && !line.startsWith('#') && !line.startsWith('@@')) {
      if (columns.length === 0) throw new UnreadableState('the database does not say what is in it');
      const values = line.trimEnd().split(' ');
      if (values.length <= kept[kept.length - 1]) throw new UnreadableState(`the entry '${line.slice(0, 80)}' is cut off`);
      if (entries.has(values[0])) throw new UnreadableState(`the file '${values[0].slice(0, 80)}' is there twice`);
      entries.set(values[0], kept.map((index) => values[index]).join(' '));
    }
  }
  if (place !== 'end') throw new UnreadableState('it is cut off: the end of the database is missing');
  return {
    sha256: createHash('sha256').update(sent).digest('hex'),
    context: Object.fromEntries(sections.C.map((line) => [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)])),
    verification: sections.V,
    logins: sections.L,
    columns,
    entries,
  };
}

function unpack(sent: Uint8Array, most: number): Buffer {
  try {
    return gunzipSync(sent, { maxOutputLength: most });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreadableState(
      code === 'ERR_BUFFER_TOO_LARGE' ? `it is larger than ${most} bytes` : `it cannot be unpacked: ${message}`,
    );
  }
}

function* linesOf(text: Buffer): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf(10, start);
    yield text.toString('utf8', start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
  }
}

function keep(sections: Readonly<Record<'C' | 'V' | 'L', string[]>>, line: string): void {
  const section = line.slice(0, 2);
  if (section !== 'C ' && section !== 'V ' && section !== 'L ')
    throw new UnreadableState(`'${line.slice(0, 40)}' belongs to no section`);
  const lines = sections[section[0] as 'C' | 'V' | 'L'];
  if (lines.length < MOST_LINES) lines.push(legible(line.slice(2)));
}

/** What steers a terminal or the direction of writing, or is not seen. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\ufffd]/gu;

/** Text of a host, in which nothing is hidden. */
export function legible(text: string): string {
  return text.replace(UNSEEN, percent).slice(0, 1_000);
}

/** Each byte as `%` and two hexadecimal digits. */
function percent(text: string | Uint8Array): string {
  return [...Buffer.from(text as string)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/**
 * The name of a file, for people: letters of any language are shown as they are, and what cannot be seen, or is no text, as `%` and
 * two hexadecimal digits for each byte. Different files have different names, and a name is one line.
 */
export function fileName(written: string): string {
  const unescaped = written.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  const bytes = Buffer.from(unescaped, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/[\p{C}\p{Zl}\p{Zp}%]/gu, percent);
  } catch {
    return unescaped.replace(/[^!-$&-~]/g, (character) => percent(Buffer.from(character, 'latin1')));
  }
}
