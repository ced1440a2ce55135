/** What can be wrong with digest files and the log files that they list, each with what it means. */
export const DIGEST_PROBLEMS = {
  'not-covered': 'No digest file covers the start or the end of the period',
  gap: 'Two digest files of a chain leave time between them',
  overlap: 'Two digest files cover the same time',
  'chain-restarted': 'A digest file has none before it: log files were not delivered, or not validated, until it starts',
  'chain-broken': 'A digest file is not the one that the next digest file was written after',
  'digest-unlinked': 'A digest file is there that no other leads to',
  'digest-missing': 'A digest file that another leads to is gone',
  'digest-elsewhere': 'A digest file leads to another bucket or prefix, which was not read',
  'digest-unreadable': 'A digest file is not one that CloudTrail writes',
  'digest-moved': 'A digest file is not where CloudTrail delivered it',
  'digest-foreign': 'A digest file is of another trail, account or Region',
  'signature-missing': 'The signature of a digest file is gone',
  'signature-invalid': 'A digest file is not what CloudTrail signed',
  'key-unknown': 'CloudTrail has no public key of the name that a digest file tells',
  'log-missing': 'A log file is gone',
  'log-altered': 'A log file is not what CloudTrail delivered',
  'log-unreadable': 'A log file cannot be judged',
} as const;

export type DigestProblemKind = keyof typeof DIGEST_PROBLEMS;

/** A problem of a file. */
export interface DigestProblem {
  readonly kind: DigestProblemKind;
  /** The file, or the folder where files lack. */
  readonly file: string;
  readonly message: string;
}
