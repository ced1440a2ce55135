import { readFile } from 'node:fs/promises';
import { MOUNT_PATH, type Step, type ValidatorCall } from '../restore-messages';
import { done } from '../restore-shared/steps';
import { look } from './look';
import { isMounted, MOUNTS } from './mounted';

/** What the reader works with. */
export interface Tools {
  /** Where the file system is mounted. */
  readonly root: string;
  /** What the system says is mounted. */
  readonly mounts: () => Promise<string>;
  readonly mostEntries: number;
  /** Milliseconds until the function is stopped. */
  readonly remaining: () => number;
}

/** Entries that are counted at most. */
const MOST_ENTRIES = 200_000;

/** Read the files of a restored file system, from within its network. It calls nothing else, and could not. */
export function makeHandler({ root, mounts, mostEntries, remaining }: Tools) {
  return async ({ test }: Pick<ValidatorCall, 'test'>): Promise<Step> => {
    const { files } = test.target.expect;
    if (files === undefined) throw new Error('nothing is said of files');
    const mounted = isMounted(root, await mounts());
    if (!mounted.passed) return done([mounted]);
    return done([mounted, ...(await look({ root, seed: test.job.id, expected: files, mostEntries, remaining }))]);
  };
}

export const handler = (call: ValidatorCall, context: { readonly getRemainingTimeInMillis: () => number }) =>
  makeHandler({
    root: MOUNT_PATH,
    mounts: () => readFile(MOUNTS, 'utf8'),
    mostEntries: MOST_ENTRIES,
    remaining: () => context.getRemainingTimeInMillis(),
  })(call);
