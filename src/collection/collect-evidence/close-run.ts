import { closeCollection, type RunFacts } from '../../evidence/operating/close-collection';
import { readOutcome } from '../../evidence/operating/collect-unit';
import { COLLECTION, type ListedRecord } from '../../evidence/operating/collection-manifest';
import type { EvidenceFiles } from '../../evidence/operating/evidence-files';
import type { Unit } from '../../evidence/operating/unit-state';
import { BY_CONTROL, type Closed } from '../collection-messages';

/** Where a run writes: its own folder, and the store as a whole. */
export interface Places {
  readonly files: EvidenceFiles;
  readonly store: EvidenceFiles;
  /** The folder of the run in the store. */
  readonly folder: string;
  /** What lists of controls are named after: account, Region and day. */
  readonly name: string;
}

/** List by control what was collected, and write the manifest last: a run that has one has ended. */
export async function closeRun(units: readonly Unit[], run: RunFacts, { files, store, folder, name }: Places): Promise<Closed> {
  const outcomes = await Promise.all(units.map((unit) => readOutcome(unit, files)));
  const { text, records, missing } = closeCollection(outcomes, run);
  for (const [control, of] of byControl(records)) {
    const list = of.map((record) => ({ ...record, path: folder + record.path }));
    const content = { control, collection: folder + COLLECTION, period: run.period, records: list };
    await store.write(`${BY_CONTROL}${control}/${name}.json`, Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`));
  }
  await files.write(COLLECTION, Buffer.from(text));
  return { records: records.length, missing: missing.length };
}

function byControl(records: readonly ListedRecord[]): Map<string, ListedRecord[]> {
  const lists = new Map<string, ListedRecord[]>();
  for (const record of records)
    for (const control of record.controls) lists.set(control, [...(lists.get(control) ?? []), record]);
  return lists;
}
