import { Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { checkedPaths, checkedPrefix, LINUX_PATH, WINDOWS_PATH, wholeHours } from './check-options';

/** Options of `FileIntegrity`. */
export interface FileIntegrityProps {
  /**
   * Where states, baselines and reports are kept: the bucket of evidence, with versions. Its policy and the policy of its key must
   * let roles of this account use it, where they are of another account. A bucket of this app gets a rule that removes states after
   * 14 days; give another one such a rule for `<prefix>inbox/`.
   */
  readonly bucket: s3.IBucket;

  /**
   * What names of objects begin with. Letters, digits and `!-_.*()/`; it ends with a slash.
   *
   * @default file-integrity/
   */
  readonly prefix?: string;

  /**
   * Folders and files of Linux hosts that are checked, with all that is below them. Absolute, of letters, digits and `._@+-/`. A folder
   * that a host does not have is left out.
   *
   * @default - /boot, /etc, /opt, /root, /usr/bin, /usr/lib, /usr/lib64, /usr/libexec, /usr/local and /usr/sbin
   */
  readonly paths?: string[];

  /**
   * What is left out of them, because it changes by itself. It takes the place of the default.
   *
   * @default - files that the system itself rewrites: /boot/grub/grubenv, /boot/grub2/grubenv, /etc/adjtime, /etc/mtab, /etc/resolv.conf, /root/.cache
   */
  readonly ignoredPaths?: string[];

  /**
   * Folders of Windows hosts that are checked, with all that is below them. Absolute, without quotation marks.
   *
   * @default - C:\Windows\System32, C:\Program Files and C:\Program Files (x86)
   */
  readonly windowsPaths?: string[];

  /**
   * What is left out of them, because it changes by itself. It takes the place of the default.
   *
   * @default - folders of System32 with logs and databases: config, LogFiles, sru, wbem, winevt, and Amazon's agents below Program Files
   */
  readonly ignoredWindowsPaths?: string[];

  /**
   * How often each host is checked. Whole hours from 1 to 720.
   *
   * @default Duration.days(1)
   */
  readonly every?: Duration;

  /**
   * How long after it was made the first state of a host becomes its baseline; stops and starts do not count. A host that is seen for the
   * first time later has none until somebody accepts its state. Whole hours from 1 to 168.
   *
   * @default Duration.hours(24)
   */
  readonly provisioningTime?: Duration;

  /**
   * Ids of maintenance windows of Systems Manager, those of patches for example. What changed while one was open is told as planned,
   * and waits to be accepted.
   *
   * @default - none: every change is unplanned until somebody accepts it
   */
  readonly maintenanceWindows?: string[];

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}

const PATHS = ['/boot', '/etc', '/opt', '/root', '/usr/bin', '/usr/lib', '/usr/lib64', '/usr/libexec', '/usr/local', '/usr/sbin'];
const IGNORED_PATHS = [
  '/boot/grub/grubenv',
  '/boot/grub2/grubenv',
  '/etc/adjtime',
  '/etc/mtab',
  '/etc/resolv.conf',
  '/root/.cache',
];
const WINDOWS_PATHS = ['C:\\Windows\\System32', 'C:\\Program Files', 'C:\\Program Files (x86)'];
const IGNORED_WINDOWS_PATHS = [
  ...['config', 'LogFiles', 'sru', 'wbem', 'winevt'].map((folder) => `C:\\Windows\\System32\\${folder}`),
  'C:\\Program Files\\Amazon',
];

/** The options, complete and checked. */
export function readFileIntegrityProps(props: FileIntegrityProps) {
  const { prefix = 'file-integrity/', every = Duration.days(1), provisioningTime = Duration.hours(24) } = props;
  return {
    prefix: checkedPrefix(prefix),
    paths: checkedPaths('paths', props.paths ?? PATHS, LINUX_PATH, 1),
    ignoredPaths: checkedPaths('ignoredPaths', props.ignoredPaths ?? IGNORED_PATHS, LINUX_PATH, 0),
    windowsPaths: checkedPaths('windowsPaths', props.windowsPaths ?? WINDOWS_PATHS, WINDOWS_PATH, 1),
    ignoredWindowsPaths: checkedPaths('ignoredWindowsPaths', props.ignoredWindowsPaths ?? IGNORED_WINDOWS_PATHS, WINDOWS_PATH, 0),
    hours: wholeHours('every', every, 720),
    provisioningHours: wholeHours('provisioningTime', provisioningTime, 168),
    windows: props.maintenanceWindows ?? [],
  };
}
