import { type Duration, Token } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { longestGap } from '../model/schedule';
import type { RestoreTest } from './restore-test';
import type { RestoreTestingProps } from './restore-testing-props';

/** Options with their defaults, in the units of AWS Backup. */
export interface CheckedProps {
  readonly rpoSeconds: number;
  readonly rtoSeconds: number;
  readonly schedule: string;
  readonly timeZone: string;
  readonly startHours: number;
  readonly validationHours: number;
  readonly selectionDays: number;
  readonly overdueHours: number;
  readonly alarmTopic?: sns.ITopic;
}

/** Look whether options can be meant. */
export function checkProps(props: RestoreTestingProps): CheckedProps {
  const { tests, planName, schedule = 'cron(0 3 1 * ? *)', timeZone = 'Etc/UTC', alarmTopic } = props;
  if (tests.length === 0)
    throw new Error("'tests' must have at least 1 entry, got none: say what is restored, and what must be true of it");
  const sources = tests.flatMap(({ _parts: { kind, source } }) => (source === undefined ? [] : [`${kind} ${source}`]));
  const twice = sources.find((source, index) => sources.indexOf(source) !== index);
  if (twice !== undefined)
    throw new Error(
      `'tests' must name each resource once, got ${Token.isUnresolved(twice) ? 'one' : twice} twice: put what is expected together`,
    );
  if (planName !== undefined && !Token.isUnresolved(planName) && !/^\w{1,50}$/.test(planName))
    throw new Error(`'planName' must be 1 to 50 letters, digits and underscores, got '${planName}': change it, or leave it out`);
  if (!Token.isUnresolved(schedule) && !/^cron\(.+\)$/.test(schedule))
    throw new Error(`'schedule' must be a cron expression as 'cron(0 3 1 * ? *)', got '${schedule}': change it, or leave it out`);
  const validationHours = within('validationWindow', props.validationWindow, 'hours', 2, 168) ?? 12;
  checkHooks(tests, validationHours);
  const overdueHours = within('maximumInterval', props.maximumInterval, 'hours', 24, 366 * 24) ?? 35 * 24;
  checkInterval(schedule, overdueHours);
  return {
    schedule,
    timeZone,
    alarmTopic,
    rpoSeconds: within('rpo', props.rpo, 'seconds', 60, 366 * 86_400)!,
    rtoSeconds: within('rto', props.rto, 'seconds', 60, 366 * 86_400)!,
    startHours: within('startWindow', props.startWindow, 'hours', 1, 168) ?? 8,
    validationHours,
    selectionDays: within('selectionWindow', props.selectionWindow, 'days', 1, 365) ?? 30,
    overdueHours,
  };
}

/** A schedule that is rarer than that would raise the alarm between any two tests. */
function checkInterval(schedule: string, overdueHours: number): void {
  const days = longestGap(schedule);
  if (days === undefined || days * 24 <= overdueHours) return;
  const between = Number.isFinite(days) ? `is up to ${Math.ceil(days)} days` : 'has no end';
  throw new Error(
    `'maximumInterval' must be at least the time between two tests of '${schedule}', which ${between}, got ` +
      `${overdueHours / 24} days: test more often, or set it to some days more than that`,
  );
}

/** A hook that ends after the window would be reported too late. */
function checkHooks(tests: readonly RestoreTest[], validationHours: number): void {
  const longest = Math.max(0, ...tests.map(({ _parts: { hook } }) => hook?._timeoutSeconds ?? 0));
  if (longest <= (validationHours - 1) * 3_600) return;
  throw new Error(
    `'validationWindow' must be at least 1 hour longer than the timeout of each hook, got ${validationHours} hours for a hook of ` +
      `${longest} seconds: make the window longer, or the timeout shorter`,
  );
}

const PER: Readonly<Record<'seconds' | 'hours' | 'days', (duration: Duration) => number>> = {
  seconds: (duration) => duration.toSeconds({ integral: false }),
  hours: (duration) => duration.toHours({ integral: false }),
  days: (duration) => duration.toDays({ integral: false }),
};

function within(
  name: string,
  duration: Duration | undefined,
  unit: keyof typeof PER,
  least: number,
  most: number,
): number | undefined {
  if (duration === undefined) return undefined;
  const value = PER[unit](duration);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`'${name}' must be a whole number of ${unit}, from ${least} to ${most}, got ${duration.toString()}: change it`);
}
