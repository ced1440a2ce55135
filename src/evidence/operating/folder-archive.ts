import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../model/errors';
import { isObject } from '../../model/json';
import { filesIn } from '../bundle/files';
import type { Archive, ArchivedFile } from './archive';

const METADATA = '.metadata.json';

/** A copy of an archive in a folder: the one that has `AWSLogs` in it. */
export class FolderArchive implements Archive {
  constructor(
    public readonly place: string,
    { option, holds }: { readonly option: string; readonly holds?: string } = { option: '--archive', holds: 'AWSLogs' },
  ) {
    if (existsSync(join(place, holds ?? '.'))) return;
    const having = holds === undefined ? '' : ` that has the folder ${holds} of a trail in it`;
    throw new InputError(`${option} ${place}: must be a folder${having}, or s3://bucket/prefix`);
  }

  public async *list(prefix: string, after = ''): AsyncGenerator<string> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/'));
    if (!existsSync(join(this.place, folder))) return;
    const keys = filesIn(join(this.place, folder)).map((path) => `${folder}/${path}`);
    yield* keys.filter((key) => key.startsWith(prefix) && key > after && !key.endsWith(METADATA)).sort(byBytes);
  }

  public async read(key: string): Promise<ArchivedFile | undefined> {
    const file = join(this.place, key);
    if (key.split('/').includes('..') || !existsSync(file) || !statSync(file).isFile()) return undefined;
    return { content: readFileSync(file), metadata: metadataOf(`${file}${METADATA}`) };
  }
}

/** What cannot be read is lost, as where there is no such file: the signatures of others may tell what it was. */
function metadataOf(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  let said: unknown;
  try {
    said = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
  if (!isObject(said)) return {};
  const entries = Object.entries(isObject(said.Metadata) ? said.Metadata : said);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
