import type { CollectorDescription } from './collector';

/** What there is to read, beside the API of AWS. */
export interface Readable {
  readonly archive: boolean;
  readonly reports: boolean;
}

/** Whether there is what a collector reads. */
export function canRead({ reads }: CollectorDescription, { archive, reports }: Readable): boolean {
  if (reads === 'api') return true;
  return reads === 'reports' ? reports : archive;
}

/** The collectors that run unless others are asked for. */
export function runnable<Kind extends CollectorDescription>(known: readonly Kind[], there: Readable): Kind[] {
  return known.filter((collector) => canRead(collector, there) && !(collector.onlyWithoutArchive && there.archive));
}
