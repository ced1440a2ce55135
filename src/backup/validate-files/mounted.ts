import type { Check } from '../restore-messages';
import { check } from '../restore-shared/checks';

/** Where Linux tells a process what is mounted. */
export const MOUNTS = '/proc/self/mountinfo';

/**
 * Whether a path is a file system of the network that is mounted there, and not an empty folder of the function itself.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
 */
export function isMounted(path: string, mounts: string): Check {
  const kinds = mounts.split('\n').flatMap((line) => {
    const [mount, file] = line.split(' - ');
    return mount.split(' ')[4] === path && file !== undefined ? [file.split(' ')[0]] : [];
  });
  // What was mounted last hides what was there before.
  const kind = kinds.at(-1) ?? 'nothing is mounted';
  return check('the file system is mounted', MOUNTS, 'nfs4', kind, /^nfs/.test(kind));
}
