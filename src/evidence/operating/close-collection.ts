import { sha256 } from '../bundle/manifest';
import { recordPath, type UnitOutcome } from './collect-unit';
import { type Collection, type ListedRecord, listed, type Missing, writeCollection } from './collection-manifest';
import { type RecordedFile, serializeRecord } from './evidence-record';

/** What a run was, beside what it collected. */
export type RunFacts = Omit<Collection, 'schemaVersion' | 'id' | 'missing' | 'records' | 'files'>;

/** A collection with its manifest. */
export interface ClosedCollection extends Pick<Collection, 'missing' | 'records' | 'files'> {
  readonly text: string;
}

/** The manifest of what units collected, of further files, and of what could not be collected. */
export function closeCollection(
  outcomes: readonly UnitOutcome[],
  run: RunFacts,
  further: readonly RecordedFile[] = [],
): ClosedCollection {
  const written = outcomes.flatMap(({ unit, records }) =>
    records.map((record) => ({ record, path: recordPath(unit, record.query.id) })),
  );
  const records = written.map(({ record, path }): ListedRecord => listed(record, path)).sort(byPath);
  const files = [
    ...further,
    ...written.flatMap(({ record, path }) => {
      const text = serializeRecord(record);
      const own = { path, bytes: Buffer.byteLength(text), sha256: sha256(text) };
      const payload = record.payload.map(({ path: file, bytes, sha256: hash }) => ({ path: file, bytes, sha256: hash }));
      return [own, ...payload, ...record.attachments];
    }),
  ].sort(byPath);
  const missing = outcomes.flatMap(gaps);
  return { text: writeCollection({ ...run, missing, records, files }), missing, records, files };
}

/** What a unit could not collect: of each record its gaps, and that it failed where there is no record to say so. */
function gaps({ unit, records, problem }: UnitOutcome): Missing[] {
  const said = records.flatMap(({ query, missing }) => missing.map((gap) => ({ ...unit, query: query.id, problem: gap })));
  return said.length === 0 && problem !== undefined ? [{ ...unit, query: null, problem }] : said;
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
