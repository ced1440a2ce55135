import { type Duration, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { MINUTES_PER_SERVER, percentAtOnce } from './patch-rate';

/** When patches are installed, and how many servers at a time. */
export interface PatchWindow {
  readonly schedule: string;
  readonly durationHours: number;
  readonly cutoffHours: number;
  /** Percent of the servers. */
  readonly atOnce: number;
  /** Percent of the servers that may fail before the rest is left alone. */
  readonly failures: number;
}

/** Hours before the end of the window from which nothing more is begun. */
const CUTOFF_HOURS = 1;

/** Percent of servers that may fail: a patch that breaks servers must not reach all of them. */
const FAILURES = 10;

/**
 * Every night in environments that come before production, and on the night to Sunday in production.
 *
 * Patches are approved for production four days after their release. Until then they were installed in the other environments for three
 * days at least: on the night after the release, at the latest.
 */
export const SCHEDULES = {
  production: events.Schedule.cron({ minute: '0', hour: '2', weekDay: 'SUN' }),
  otherwise: events.Schedule.cron({ minute: '0', hour: '2' }),
} as const;
export const APPROVAL_DAYS = { production: 4, otherwise: 0 } as const;

/** Check a window, and say how many servers are patched at the same time in it. */
export function patchWindow(schedule: events.Schedule, duration: Duration): PatchWindow {
  const { expressionString } = schedule;
  if (!Token.isUnresolved(expressionString) && !/^(cron|rate|at)\(.*\)$/.test(expressionString))
    throw new Error(`'installSchedule' must be cron(…) or rate(…), got '${expressionString}'`);
  const durationHours = duration.toHours({ integral: false });
  if (!Number.isInteger(durationHours) || durationHours < 2 || durationHours > 24)
    throw new Error(`'installDuration' must be whole hours from 2 to 24, got ${durationHours} hours`);
  const atOnce = percentAtOnce((durationHours - CUTOFF_HOURS) * 60);
  if (atOnce === undefined)
    throw new Error(
      `'installDuration' must leave time for a server, which may take ${MINUTES_PER_SERVER} minutes, got ${durationHours} hours`,
    );
  return { schedule: expressionString, durationHours, cutoffHours: CUTOFF_HOURS, atOnce, failures: FAILURES };
}
