/** What the construct of file integrity and its functions both know. */

/** Variables of the environment of the functions. */
export const VARIABLES = {
  bucket: 'BUCKET',
  /** What keys begin with; it ends with a slash. */
  prefix: 'PREFIX',
  table: 'TABLE',
  /** The construct, for metrics and events. */
  program: 'PROGRAM',
  /** Hours since it exists in which the first state of a host becomes its baseline. */
  provisioningHours: 'PROVISIONING_HOURS',
  /** Ids of maintenance windows, with commas between them. */
  windows: 'MAINTENANCE_WINDOWS',
  /** The document that accepts changes. */
  acceptDocument: 'ACCEPT_DOCUMENT',
  /** Hours after which a host is late with a state. */
  lateHours: 'LATE_HOURS',
  tagKey: 'TAG_KEY',
  tagValue: 'TAG_VALUE',
  /** The function that judges states. */
  judge: 'JUDGE_FUNCTION',
} as const;

/** Key of the table: the id of a host. */
export const TABLE_KEY = 'host';

/** Events that tell of a host, for `AlertRouter`. */
export const EVENT = { source: 'cdk-soc2.file-integrity', detailType: 'File Integrity of a Host' } as const;

/** How the files of a host are. */
export const STATES = {
  /** The first state became the baseline. */
  begun: 'baseline made',
  unchanged: 'unchanged',
  changed: 'changed',
  /** Files changed, and a maintenance window was open. */
  planned: 'changed in a maintenance window',
  /** Somebody made the changed state the baseline. */
  accepted: 'accepted',
  noBaseline: 'no baseline',
  tampered: 'baseline tampered with',
  unreadable: 'state unreadable',
  /** State Manager says that the check failed on the host. */
  failed: 'check failed',
  /** A state for this host that another host sent. */
  foreign: 'state from another host',
} as const;

export type HostState = (typeof STATES)[keyof typeof STATES];

export const NAMESPACE = 'Soc2/FileIntegrity';
export const DIMENSION = 'Program';

/** Hosts, counted once an hour. */
export const METRICS = {
  watched: 'HostsWatched',
  late: 'HostsLate',
  changed: 'HostsChanged',
  planned: 'HostsChangedInWindow',
  noBaseline: 'HostsWithoutBaseline',
  tampered: 'HostsWithTamperedBaseline',
  unreadable: 'HostsWithUnreadableState',
} as const;

/** A host, as AWS names it: an instance, or a server outside of EC2 that Systems Manager manages. */
export const HOST = /^m?i-[0-9a-f]{8,17}$/;
