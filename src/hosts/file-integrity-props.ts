import { Duration, Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';

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
   * How long after its start the first state of a host becomes its baseline. A host that is seen for the first time later has none until
   * somebody accepts its state. Whole hours from 1 to 168.
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
  if (!Token.isUnresolved(prefix) && !/^[\w!.*()/-]{0,200}\/$/.test(prefix))
    throw new Error(`'prefix' must be of letters, digits and !-_.*()/ and end with a slash, got '${prefix}'`);
  return {
    prefix,
    paths: checked('paths', props.paths ?? PATHS, LINUX, 1),
    ignoredPaths: checked('ignoredPaths', props.ignoredPaths ?? IGNORED_PATHS, LINUX, 0),
    windowsPaths: checked('windowsPaths', props.windowsPaths ?? WINDOWS_PATHS, WINDOWS, 1),
    ignoredWindowsPaths: checked('ignoredWindowsPaths', props.ignoredWindowsPaths ?? IGNORED_WINDOWS_PATHS, WINDOWS, 0),
    hours: hoursOf('every', every, 720),
    provisioningHours: hoursOf('provisioningTime', provisioningTime, 168),
    windows: props.maintenanceWindows ?? [],
  };
}

interface Form {
  readonly pattern: RegExp;
  readonly words: string;
}

const LINUX: Form = {
  pattern: /^(\/[\w.@+-]+)+$/,
  words: "absolute, of letters, digits and ._@+-/, without a slash at its end: '/etc'",
};
const WINDOWS: Form = {
  pattern: /^[A-Z]:\\[^'"\p{C}{}]*[^'"\p{C}{}\\]$/u,
  words: "absolute, without quotation marks and braces: 'C:\\Windows'",
};

function checked(name: string, paths: readonly string[], { pattern, words }: Form, least: number): readonly string[] {
  if (paths.length < least) throw new Error(`'${name}' must name one path at least, got none: leave it out for the default`);
  for (const path of paths) {
    if (Token.isUnresolved(path) || !pattern.test(path)) throw new Error(`each of '${name}' must be ${words}, got '${path}'`);
  }
  return paths;
}

function hoursOf(name: string, duration: Duration, most: number): number {
  const hours = duration.toHours({ integral: false });
  if (!Number.isInteger(hours) || hours < 1 || hours > most)
    throw new Error(`'${name}' must be whole hours from 1 to ${most}, got ${hours}`);
  return hours;
}
