import { Names, Stack } from 'aws-cdk-lib';
import type * as inspector from 'aws-cdk-lib/aws-inspectorv2';
import type { Construct } from 'constructs';

/** How thoroughly instances are checked. */
export enum CisLevel {
  /** What every system should have. */
  LEVEL_1 = 'LEVEL_1',
  /** What systems with sensitive data should have besides; it includes the first level. */
  LEVEL_2 = 'LEVEL_2',
}

/** Checks of instances against the benchmarks of the Center for Internet Security. */
export interface CisScanOptions {
  /**
   * Tags of the instances that are checked: values by key. An instance with one of the values is checked.
   *
   * The instances need the SSM agent, and a role that lets Inspector send results.
   *
   * @see https://docs.aws.amazon.com/inspector/latest/user/scanning-cis.html
   */
  readonly targetTags: { [key: string]: string[] };

  /**
   * How thoroughly they are checked.
   *
   * @default CisLevel.LEVEL_1
   */
  readonly level?: CisLevel;

  /**
   * The day of the week: `SUN`, `MON`, `TUE`, `WED`, `THU`, `FRI` or `SAT`.
   *
   * @default SUN
   */
  readonly day?: string;

  /**
   * The time of the day in UTC, as `HH:MM`.
   *
   * @default 03:00
   */
  readonly time?: string;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The longest name of a scan configuration. */
const NAME_LENGTH = 128;

/** The properties of the resource. */
export function cisScanOf(scope: Construct, options: CisScanOptions): inspector.CfnCisScanConfigurationProps {
  const { targetTags, level = CisLevel.LEVEL_1, day = 'SUN', time = '03:00' } = options;
  if (Object.keys(targetTags).length === 0 || Object.values(targetTags).some((values) => values.length === 0))
    throw new Error(`'cisScan.targetTags' must have a key, and a value for each, got ${JSON.stringify(targetTags)}`);
  if (!DAYS.includes(day)) throw new Error(`'cisScan.day' must be one of ${DAYS.join(', ')}, got '${day}'`);
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new Error(`'cisScan.time' must be a time as HH:MM, got '${time}'`);
  return {
    scanName: Names.uniqueResourceName(scope, { maxLength: NAME_LENGTH, separator: '-' }),
    securityLevel: level,
    schedule: { weekly: { days: [day], startTime: { timeOfDay: time, timeZone: 'UTC' } } },
    targets: { accountIds: [Stack.of(scope).account], targetResourceTags: targetTags },
  };
}
