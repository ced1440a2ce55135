import { createHash } from 'node:crypto';
import { canonical, type JsonObject } from '../../model/json';
import { sha256 } from '../bundle/manifest';
import type { Collection, ListedRecord } from './collection-manifest';
import type { EvidenceFiles } from './evidence-files';
import type { EvidenceRecord } from './evidence-record';

/** How a sample is drawn, so that whoever doubts it can draw it again with any tool. */
const METHOD =
  'Each row is ranked by the SHA-256 of the seed, a line feed, and the line of the row as it stands in the payload, without its line feed. The rows with the lowest ranks are the sample, in the order of their ranks.';

/** What a sample is drawn from, and how. */
export interface SampleOptions {
  readonly size: number;
  readonly seed: string;
}

/** A file of a sample. */
export interface SampleFile {
  readonly path: string;
  readonly content: string;
}

interface Drawn {
  readonly rank: string;
  readonly line: string;
  readonly record: string;
  /** Its place in the record, from 1. */
  readonly place: number;
}

/**
 * Draw a sample of every population: of the rows of a query in all Regions together.
 *
 * The same rows and seed give the same sample on every machine, whatever the order in which they were collected.
 */
export async function* samplesOf(
  { records, missing }: Pick<Collection, 'records' | 'missing'>,
  files: EvidenceFiles,
  options: SampleOptions,
): AsyncGenerator<SampleFile> {
  const populations = new Map<string, ListedRecord[]>();
  for (const record of records.filter(({ rows }) => rows > 0)) {
    const key = `${record.collector}/${record.query}`;
    populations.set(key, [...(populations.get(key) ?? []), record]);
  }
  for (const [key, members] of populations) {
    const [{ collector, query }] = members;
    const all = records.filter((record) => record.collector === collector && record.query === query);
    const isWhole =
      all.every(({ complete, truncated }) => complete && truncated === null) &&
      missing.every((gap) => gap.collector !== collector || all.some(({ region }) => region === gap.region));
    yield { path: `samples/${key}.json`, content: await sampleOf(members, isWhole, files, options) };
  }
}

async function sampleOf(
  members: readonly ListedRecord[],
  isWhole: boolean,
  files: EvidenceFiles,
  { size, seed }: SampleOptions,
): Promise<string> {
  const [{ collector, query, title }] = members;
  const population = createHash('sha256');
  let drawn: Drawn[] = [];
  let rows = 0;
  for (const { path, id } of members) {
    let place = 0;
    for await (const line of linesOf(path, files)) {
      population.update(line).update('\n');
      rows += 1;
      place += 1;
      drawn.push({ rank: sha256(`${seed}\n${line}`), line, record: id, place });
      if (drawn.length >= 4 * size + 1_000) drawn = lowest(drawn, size);
    }
  }
  const sample = {
    schemaVersion: '1.0',
    collector,
    query,
    title,
    method: METHOD,
    seed,
    size,
    // Whether this is all that there was to draw from.
    population: { isWhole, rows, sha256: population.digest('hex'), records: members.map(({ id }) => id) },
    rows: lowest(drawn, size).map(({ rank, line, record, place }) => ({ rank, record, place, ...JSON.parse(line) })),
  };
  return `${canonical(sample as unknown as JsonObject)}\n`;
}

async function* linesOf(path: string, files: EvidenceFiles): AsyncGenerator<string> {
  const record = JSON.parse((await files.read(path))!.toString('utf8')) as EvidenceRecord;
  for (const { path: part } of record.payload) yield* (await files.read(part))!.toString('utf8').split('\n').slice(0, -1);
}

function lowest(drawn: readonly Drawn[], size: number): Drawn[] {
  return [...drawn].sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size);
}
