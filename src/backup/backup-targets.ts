import type { CopyDestination } from './backup-copies';
import type { BackupProgramProps } from './backup-program-props';
import { type BackupSchedule, checkSchedules, hoursBetween } from './backup-schedule';

/** Stop what cannot keep its targets, or what was not decided. */
export function checkProgram(props: BackupProgramProps, schedules: readonly BackupSchedule[], isProduction: boolean): void {
  const { rpo, rto, copyTo, airGappedVault, failedJobsThreshold, existingVault, complianceLock } = props;
  for (const [name, value] of Object.entries({ rpo, rto }))
    if (!(value.toHours({ integral: false }) > 0)) throw new Error(`'${name}' must be more than 0, got ${value.toString()}`);
  checkSchedules(schedules, rpo);
  if (failedJobsThreshold !== undefined && !(failedJobsThreshold >= 1))
    throw new Error(`'failedJobsThreshold' must be 1 or more, got ${failedJobsThreshold}`);
  if (existingVault && complianceLock)
    throw new Error("'complianceLock' must be left out with 'existingVault', got both: the locks of that vault stay as they are");
  if (isProduction && copyTo === undefined && airGappedVault === undefined) {
    throw new Error(
      "'copyTo' or 'airGappedVault' must be set in production, got neither: backups beside the data are lost with it. Name vaults " +
        "in another Region or account, for example 'copyTo: [BackupVault.fromBackupVaultArn(…)]', or set 'copyTo: []' to do without",
    );
  }
}

/** What was decided for a program. */
export interface Design {
  readonly schedules: readonly BackupSchedule[];
  readonly copies: readonly CopyDestination[];
  readonly continuous: boolean;
}

/** What the ledger shows: what is declared, and beside it what the program is designed for. */
export function targetsOf(props: BackupProgramProps, { schedules, copies, continuous }: Design): object {
  return {
    declared: { rpoHours: props.rpo.toHours({ integral: false }), rtoHours: props.rto.toHours({ integral: false }) },
    designed: {
      hoursBetweenBackups: hoursBetween(schedules),
      continuous,
      schedules: schedules.map(({ name, schedule, retention, coldStorageAfter }) => ({
        ...{ name, schedule: schedule.expressionString, retentionDays: retention.toDays() },
        ...(coldStorageAfter && { coldStorageAfterDays: coldStorageAfter.toDays() }),
      })),
      copies: copies.map(({ account, region }) => ({ account, region })),
      airGapped: props.airGappedVault !== undefined,
      lock: props.existingVault ? 'as it was' : props.complianceLock ? 'compliance' : 'governance',
    },
  };
}
