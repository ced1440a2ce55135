import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlId } from '../../criteria/controls';
import { InputError } from '../../model/errors';
import { COLLECTION, type Collection, type ListedRecord, type Missing } from './collection-manifest';
import { verifyCollection } from './verify-collection';

/** What a run collected, as it stands in a bundle. */
export interface OperatingEvidence {
  readonly collection: Collection;
  /** Its folder in the bundle. */
  readonly path: string;
  /** Every file of it, in order. */
  readonly files: readonly string[];
  read(file: string): Buffer;
}

/** A record that shows that a control operated. */
export interface OperatingRecord {
  readonly record: ListedRecord;
  readonly evidence: OperatingEvidence;
}

/** Load collected evidence, and refuse what was altered since it was collected. */
export function loadOperating(folders: readonly string[]): OperatingEvidence[] {
  const loaded = folders.map(load);
  const paths = loaded.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new InputError(`--operating: two of the folders are of the same account and period, ${twice}; give one of them`);
  return loaded.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The records that show a control. */
export function recordsOf(control: ControlId, operating: readonly OperatingEvidence[]): OperatingRecord[] {
  return operating.flatMap((evidence) =>
    evidence.collection.records.filter(({ controls }) => controls.includes(control)).map((record) => ({ record, evidence })),
  );
}

/** Where a query has no record at all because its collector failed before it gave one. */
export interface Unrecorded extends Missing {
  readonly evidence: OperatingEvidence;
}

/**
 * What the records of one query do not say of themselves: where there is none of them.
 *
 * @param collections those that the records are of, and others of the same account.
 */
export function unrecorded(
  records: readonly OperatingRecord[],
  collections: Iterable<OperatingEvidence> = new Set(records.map(({ evidence }) => evidence)),
): Unrecorded[] {
  const found = new Map<string, Unrecorded>();
  const [{ record: known }] = records;
  for (const evidence of collections)
    for (const gap of evidence.collection.missing) {
      const isOfIt = ({ evidence: from, record }: OperatingRecord) =>
        from === evidence && record.account === gap.account && record.region === gap.region;
      const unit = `${evidence.path} ${gap.account} ${gap.region}`;
      if (gap.collector === known.collector && !records.some(isOfIt) && !found.has(unit)) found.set(unit, { ...gap, evidence });
    }
  return [...found.values()];
}

function load(folder: string): OperatingEvidence {
  const { collection, problems } = verifyCollection(folder);
  if (!collection || problems.length > 0)
    throw new InputError(`--operating ${folder}: is not as it was collected: ${problems[0]}`);
  const { account, period } = collection;
  return {
    collection,
    path: `operating/${account}_${day(period.from)}_${day(period.to)}`,
    files: [COLLECTION, ...collection.files.map(({ path }) => path)].sort(),
    read: (file) => readFileSync(join(folder, file)),
  };
}

function day(moment: string): string {
  return moment.slice(0, 10);
}
