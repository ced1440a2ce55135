import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../model/errors';
import { canonical, type Json } from '../../model/json';
import { filesIn } from '../bundle/files';
import { MANIFEST, sha256 } from '../bundle/manifest';
import { COLLECTION, type Collection, collectionId, type ListedRecord, listed, serializeCollection } from './collection-manifest';
import { type EvidenceRecord, recordId, serializeRecord } from './evidence-record';
import { JOURNAL, type Unit } from './unit-state';

const LINE_FEED = 10;

/** What was found of a collection. */
export interface CollectionCheck {
  readonly collection?: Collection;
  /** What is wrong, each beginning with the name of the file. */
  readonly problems: readonly string[];
}

/** Whether a folder holds collected evidence, and no bundle. */
export function isCollection(folder: string): boolean {
  return existsSync(join(folder, COLLECTION)) && !existsSync(join(folder, MANIFEST));
}

/** Check that collected evidence is as it was written: every file, and that each record counts the rows that are there. */
export function verifyCollection(folder: string): CollectionCheck {
  const present = presentIn(folder);
  if (!present.includes(COLLECTION)) throw new InputError(`${folder}: holds no collected evidence: it has no ${COLLECTION}`);
  const text = readFileSync(join(folder, COLLECTION), 'utf8');
  const collection = readCollection(text);
  if (!collection) return { problems: [`${COLLECTION}: was altered: it is no manifest any more`] };
  const isWhole = serializeCollection(collection) === text && collectionId(collection) === collection.id;
  const files = fileProblems(folder, collection, present);
  const known = new Set(collection.files.map(({ path }) => path));
  return {
    collection,
    problems: [
      ...(isWhole ? [] : [`${COLLECTION}: was altered: its id does not match its content`]),
      ...files,
      // What is altered need not be read, and what is not there cannot.
      ...(files.length > 0
        ? []
        : collection.records.flatMap((record) => recordProblems(folder, record, known, collection.missing))),
    ],
  };
}

function presentIn(folder: string): string[] {
  try {
    return filesIn(folder).filter((path) => !path.startsWith(`${JOURNAL}/`));
  } catch (error) {
    throw new InputError(`${folder}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A manifest, where it has what is read of it: whoever writes one may write anything. */
function readCollection(text: string): Collection | undefined {
  try {
    const collection = JSON.parse(text) as Collection;
    const { account, period, files, records, missing } = collection;
    const isWhole =
      /^\d{12}$/.test(account) &&
      [period.from, period.to].every((moment) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(moment)) &&
      files.every(({ path, sha256: hash }) => typeof path === 'string' && typeof hash === 'string') &&
      records.every(({ path, controls }) => typeof path === 'string' && Array.isArray(controls)) &&
      missing.every(({ problem }) => typeof problem === 'string');
    return isWhole ? collection : undefined;
  } catch {
    return undefined;
  }
}

function fileProblems(folder: string, { files }: Collection, present: readonly string[]): string[] {
  const there = new Set(present);
  const known = new Set(files.map(({ path }) => path));
  const problems = files.filter(({ path }) => !there.has(path)).map(({ path }) => `${path}: is missing`);
  for (const path of present)
    if (path !== COLLECTION && !known.has(path)) problems.push(`${path}: was added: the manifest does not list it`);
  for (const { path, sha256: hash } of files.filter(({ path: name }) => there.has(name))) {
    const file = join(folder, path);
    if (!lstatSync(file).isFile()) problems.push(`${path}: was altered: it is no file any more`);
    else if (sha256(readFileSync(file)) !== hash)
      problems.push(`${path}: was altered: its SHA-256 is not the one in the manifest`);
  }
  return problems;
}

function recordProblems(folder: string, entry: ListedRecord, known: ReadonlySet<string>, missing: readonly Unit[]): string[] {
  const { path, id } = entry;
  if (!known.has(path)) return [`${path}: is a record that the manifest does not list among its files`];
  const record = readRecord(readFileSync(join(folder, path), 'utf8'));
  if (record?.id !== id) return [`${path}: was altered: its id does not match its content`];
  // Readers look at the list, not at every record.
  if (canonical(listed(record, path) as unknown as Json) !== canonical(entry as unknown as Json))
    return [`${path}: ${COLLECTION} lists it otherwise than it says of itself`];
  const isIts = ({ collector, account, region }: Unit) =>
    collector === record.collector.id && account === record.account && region === record.region;
  if (record.missing.length > 0 && !missing.some(isIts))
    return [`${path}: is not complete, and ${COLLECTION} does not say that anything is missing`];
  const stray = [...record.payload, ...record.attachments].find((file) => !known.has(file.path));
  if (stray) return [`${path}: names the file ${stray.path}, which the manifest does not list`];
  const hash = createHash('sha256');
  let rows = 0;
  for (const { path: file, rows: counted } of record.payload) {
    const lines = readFileSync(join(folder, file));
    hash.update(lines);
    rows += counted;
    if (lines.reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0) !== counted)
      return [`${file}: does not hold ${counted} rows`];
  }
  if (rows !== record.rows) return [`${path}: counts ${record.rows} rows, and its files hold ${rows}`];
  return hash.digest('hex') === record.sha256 ? [] : [`${path}: its SHA-256 is not that of its rows`];
}

/** A record that is as it was written. */
function readRecord(text: string): EvidenceRecord | undefined {
  try {
    const record = JSON.parse(text) as EvidenceRecord;
    return serializeRecord(record) === text &&
      recordId(record) === record.id &&
      [record.payload, record.attachments, record.missing].every(Array.isArray) &&
      [record.collector.id, record.query.id].every((id) => typeof id === 'string')
      ? record
      : undefined;
  } catch {
    return undefined;
  }
}
