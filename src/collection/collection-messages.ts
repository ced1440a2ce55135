/** Environment variables of the function that collects. */
export const VARIABLES = {
  bucket: 'EVIDENCE_BUCKET',
  prefix: 'EVIDENCE_PREFIX',
  collectors: 'COLLECTORS',
  regions: 'REGIONS',
  archive: 'ARCHIVE',
  reports: 'REPORTS',
} as const;

/** Where collections stand in the store, and where the records of a control are listed. */
export const COLLECTED = 'collected/';
export const BY_CONTROL = 'controls/';

/** What the workflow asks of the function. */
export type Message =
  /** How a run begins: which period is due, and what there is to collect? The day is that of the run; today when none is named. */
  | { readonly step?: undefined; readonly day?: string }
  | ({ readonly step: 'collect'; readonly run: Run } & Part)
  | { readonly step: 'close'; readonly run: Run; readonly parts: readonly Part[] };

/** A run: the same for all of its steps, and for steps that are tried again. */
export interface Run {
  /** The day on which it is due, such as `2026-11-20`. */
  readonly day: string;
  readonly from: string;
  readonly to: string;
  /** SHA-256 of the manifest of the run before; null for the first. */
  readonly previous: string | null;
}

/** What one invocation collects: as much of a collector in a Region as there is time for. */
export interface Part {
  readonly collector: string;
  readonly region: string;
}

/** What the plan says. */
export interface Plan {
  readonly run: Run;
  readonly parts: readonly Part[];
}

/** Whether a part is collected, or is to be gone on with. */
export interface Progress {
  readonly done: boolean;
}

/** What became of a run. */
export interface Closed {
  readonly records: number;
  readonly missing: number;
}

/** The error of a step that is worth another try. */
export const UNFINISHED = 'CollectionFailed';
