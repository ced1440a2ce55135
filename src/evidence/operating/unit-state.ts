import type { Query } from './collector';
import type { PayloadFile, RecordedFile } from './evidence-record';

/** One collector at one place: what runs, fails, and is resumed as a whole. */
export interface Unit {
  readonly collector: string;
  readonly account: string;
  /** Null for a collector of the whole account. */
  readonly region: string | null;
}

/** How far a unit got; kept so that it can go on. */
export interface UnitState {
  readonly version: number;
  readonly started: string;
  readonly status: 'running' | 'failed' | 'done';
  readonly cursor?: string;
  /** What ended it. */
  readonly problem?: string;
  readonly queries: readonly QueryState[];
}

/** What a query has given so far. */
export interface QueryState {
  readonly query: Query;
  readonly pages: number;
  readonly duplicates: number;
  readonly redacted: number;
  readonly truncated: string | null;
  readonly missing: readonly string[];
  readonly payload: readonly PayloadFile[];
  readonly attachments: readonly RecordedFile[];
}

/** Folder of the files that say how far units got. */
export const JOURNAL = '.journal';

/** The folder of the records of a unit. */
export function folderOf({ collector, account, region }: Unit): string {
  return `records/${collector}/${account}/${region ?? 'global'}`;
}

export function journalOf({ collector, account, region }: Unit): string {
  return `${JOURNAL}/${collector}-${account}-${region ?? 'global'}.json`;
}

/** A unit as messages name it. */
export function nameOf({ collector, account, region }: Unit): string {
  return `${collector} of ${account}${region === null ? '' : ` in ${region}`}`;
}
