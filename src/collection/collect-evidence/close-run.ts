import { sha256 } from '../../evidence/bundle/manifest';
import { closeCollection, type RunFacts } from '../../evidence/operating/close-collection';
import { readOutcome } from '../../evidence/operating/collect-unit';
import { COLLECTION, type ListedRecord } from '../../evidence/operating/collection-manifest';
import type { EvidenceFiles } from '../../evidence/operating/evidence-files';
import type { RecordedFile } from '../../evidence/operating/evidence-record';
import { JOURNAL, type Unit } from '../../evidence/operating/unit-state';
import { BY_CONTROL, type Closed } from '../collection-messages';
import type { BucketFiles } from './bucket-files';

/** Where a run writes: its own folder, and the store as a whole. */
export interface Places {
  readonly files: BucketFiles;
  readonly store: EvidenceFiles;
  /** The folder of the run in the store. */
  readonly folder: string;
  /** What lists of controls are named after: account, Region and day. */
  readonly name: string;
}

/** List by control what was collected, and write the manifest last: a run that has one has ended. */
export async function closeRun(units: readonly Unit[], run: RunFacts, { files, store, folder, name }: Places): Promise<Closed> {
  const outcomes = await Promise.all(units.map((unit) => readOutcome(unit, files)));
  const { files: own } = closeCollection(outcomes, run);
  const { text, records, missing } = closeCollection(outcomes, run, await leftIn(files, own));
  for (const [control, of] of byControl(records)) {
    const list = of.map((record) => ({ ...record, path: folder + record.path }));
    const content = { control, collection: folder + COLLECTION, period: run.period, records: list };
    await store.write(`${BY_CONTROL}${control}/${name}.json`, Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`));
  }
  await files.write(COLLECTION, Buffer.from(text));
  return { records: records.length, missing: missing.length };
}

/** What tries before left, and nobody may delete: it is listed, or it would look as if somebody had added it. */
async function leftIn(files: BucketFiles, own: readonly RecordedFile[]): Promise<RecordedFile[]> {
  const known = new Set([COLLECTION, ...own.map(({ path }) => path)]);
  const left: RecordedFile[] = [];
  for await (const path of files.list()) {
    if (known.has(path) || path.startsWith(`${JOURNAL}/`)) continue;
    const content = await files.read(path);
    if (content) left.push({ path, bytes: content.length, sha256: sha256(content) });
  }
  return left;
}

function byControl(records: readonly ListedRecord[]): Map<string, ListedRecord[]> {
  const lists = new Map<string, ListedRecord[]>();
  for (const record of records)
    for (const control of record.controls) lists.set(control, [...(lists.get(control) ?? []), record]);
  return lists;
}
