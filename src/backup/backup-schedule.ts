import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { longestGap } from '../model/schedule';

/** When backups are made, and how long they are kept. */
export interface BackupSchedule {
  /** Its name in the plan: 1 to 50 letters, digits, `-`, `_` and `.`. */
  readonly name: string;

  /** When backups are made, in UTC. Backups start within two hours of it. */
  readonly schedule: events.Schedule;

  /** How long backups are kept, and their copies: 1 day or more. */
  readonly retention: Duration;

  /**
   * After how long backups go to cold storage, where they stay for 90 days at least: the retention must be that much longer. It
   * costs less to keep, and more to read. Of the types that have none, AWS Backup keeps backups as they are: RDS, Aurora and S3
   * among them. EBS takes part when the schedule is monthly or rarer.
   *
   * @default - backups stay where they can be restored at once
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
   */
  readonly coldStorageAfter?: Duration;
}

/** Days that backups stay in cold storage, at least. */
const COLD_DAYS = 90;

/** Days between backups of EBS that may go to its archive, at least. */
const ARCHIVE_DAYS = 28;

const daily: BackupSchedule = {
  name: 'daily',
  schedule: events.Schedule.cron({ hour: '5', minute: '0' }),
  retention: Duration.days(35),
};
const weekly: BackupSchedule = {
  name: 'weekly',
  schedule: events.Schedule.cron({ hour: '5', minute: '0', weekDay: 'SUN' }),
  retention: Duration.days(90),
};
const monthly: BackupSchedule = {
  name: 'monthly',
  schedule: events.Schedule.cron({ hour: '5', minute: '0', day: '1' }),
  retention: Duration.days(365),
  coldStorageAfter: Duration.days(90),
};

/** What is backed up without further words; outside production one day is enough to go back to. */
export function defaultSchedules(isProduction: boolean): readonly BackupSchedule[] {
  return isProduction ? [daily, weekly, monthly] : [daily];
}

/** The longest time between two backups, in hours, to the minute; that of the schedule that runs most often. */
export function hoursBetween(schedules: readonly BackupSchedule[]): number {
  const days = schedules.map(({ schedule }) => longestGap(schedule.expressionString) ?? Number.POSITIVE_INFINITY);
  return Math.round(Math.min(...days) * 24 * 60) / 60;
}

/** Whether a schedule is rare enough for the archive of EBS. */
export function isRare({ schedule }: BackupSchedule): boolean {
  return (longestGap(schedule.expressionString) ?? 0) >= ARCHIVE_DAYS;
}

/** Stop schedules that AWS Backup would refuse, or that cannot keep what is promised. */
export function checkSchedules(schedules: readonly BackupSchedule[], rpo: Duration): void {
  if (schedules.length === 0) throw new Error("'schedules' must have one or more, got none: leave it out for the default ones");
  const names = schedules.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`'schedules' must have a name each, got '${twice}' twice: rename one`);
  for (const schedule of schedules) checkSchedule(schedule);
  const hours = hoursBetween(schedules);
  if (hours > rpo.toHours({ integral: false })) {
    throw new Error(
      `'rpo' must be met by 'schedules', got ${inWords(rpo.toHours({ integral: false }))} and up to ${inWords(hours)} between ` +
        'backups: make backups more often, or declare how much work may really be lost',
    );
  }
}

function checkSchedule({ name, schedule, retention, coldStorageAfter }: BackupSchedule): void {
  const of = `of the schedule '${name}'`;
  if (!/^[a-zA-Z0-9\-_.]{1,50}$/.test(name))
    throw new Error(`'name' of a schedule must be 1 to 50 letters, digits, '-', '_' and '.', got '${name}'`);
  if (longestGap(schedule.expressionString) === undefined)
    throw new Error(`'schedule' ${of} must be cron(…) or rate(…), got '${schedule.expressionString}'`);
  const days = retention.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1) throw new Error(`'retention' ${of} must be whole days, 1 or more, got ${days}`);
  const cold = coldStorageAfter?.toDays({ integral: false });
  if (cold === undefined) return;
  if (!Number.isInteger(cold) || cold < 1) throw new Error(`'coldStorageAfter' ${of} must be whole days, 1 or more, got ${cold}`);
  if (days < cold + COLD_DAYS) {
    throw new Error(
      `'retention' ${of} must be ${cold + COLD_DAYS} days or more, got ${days}: backups stay in cold storage for ${COLD_DAYS} days, ` +
        "at least. Keep them for longer, or leave out 'coldStorageAfter'",
    );
  }
}

function inWords(hours: number): string {
  return Number.isFinite(hours) ? `${Math.round(hours * 100) / 100} hours` : 'any time';
}
