import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { CopyDestination } from './backup-copies';
import { type BackupSchedule, isRare } from './backup-schedule';

/** The longest that AWS Backup keeps what it can return to any second. */
export const CONTINUOUS_RETENTION = Duration.days(35);

/** How long a backup may wait until it starts. */
export const START_WINDOW = Duration.hours(2);

/** Types that GuardDuty scans the backups of. */
const SCANNED = ['EBS', 'EC2', 'S3'];

/** What plans are made of. */
export interface PlanSettings {
  readonly vaultName: string;
  readonly schedules: readonly BackupSchedule[];
  readonly copies: readonly CopyDestination[];
  readonly airGappedVaultArn?: string;
  /** The role that GuardDuty reads backups with, where it scans them. */
  readonly scannerRole?: iam.IRole;
}

/** A plan with a rule for each schedule. */
export function snapshotPlan(scope: Construct, id: string, name: string, settings: PlanSettings): backup.CfnBackupPlan {
  const { scannerRole, schedules } = settings;
  return new backup.CfnBackupPlan(scope, id, {
    backupPlan: {
      backupPlanName: name,
      backupPlanRule: schedules.map((schedule) => ruleOf(schedule, settings)),
      ...(scannerRole && {
        scanSettings: [{ malwareScanner: 'GUARDDUTY', resourceTypes: SCANNED, scannerRoleArn: scannerRole.roleArn }],
      }),
    },
  });
}

/**
 * A plan of its own for what can be returned to any second: a rule for everything would make one more snapshot of all other types.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
 */
export function continuousPlan(scope: Construct, id: string, name: string, vaultName: string): backup.CfnBackupPlan {
  return new backup.CfnBackupPlan(scope, id, {
    backupPlan: {
      backupPlanName: name,
      backupPlanRule: [
        {
          ruleName: 'continuous',
          targetBackupVault: vaultName,
          scheduleExpression: 'cron(0 7 * * ? *)',
          startWindowMinutes: START_WINDOW.toMinutes(),
          enableContinuousBackup: true,
          lifecycle: { deleteAfterDays: CONTINUOUS_RETENTION.toDays() },
        },
      ],
    },
  });
}

function ruleOf(schedule: BackupSchedule, settings: PlanSettings): backup.CfnBackupPlan.BackupRuleResourceTypeProperty {
  const { vaultName, copies, airGappedVaultArn, scannerRole } = settings;
  const deleteAfterDays = schedule.retention.toDays();
  const moveToColdStorageAfterDays = schedule.coldStorageAfter?.toDays();
  const lifecycle = { deleteAfterDays, moveToColdStorageAfterDays };
  const isArchived = moveToColdStorageAfterDays !== undefined && isRare(schedule);
  return {
    ruleName: schedule.name,
    targetBackupVault: vaultName,
    scheduleExpression: schedule.schedule.expressionString,
    startWindowMinutes: START_WINDOW.toMinutes(),
    lifecycle: { ...lifecycle, ...(isArchived && { optInToArchiveForSupportedResources: true }) },
    copyActions: [
      ...copies.map(({ arn }) => ({ destinationBackupVaultArn: arn, lifecycle })),
      // Such a vault has no cold storage.
      ...(airGappedVaultArn ? [{ destinationBackupVaultArn: airGappedVaultArn, lifecycle: { deleteAfterDays } }] : []),
    ],
    ...(scannerRole && {
      scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: isRare(schedule) ? 'FULL_SCAN' : 'INCREMENTAL_SCAN' }],
    }),
  };
}

/** The role that AWS Backup makes backups with, and has them scanned with. */
export function backupRole(scope: Construct, id: string, isScanning: boolean): iam.Role {
  const policies = [
    'service-role/AWSBackupServiceRolePolicyForBackup',
    'AWSBackupServiceRolePolicyForS3Backup',
    ...(isScanning ? ['AWSBackupServiceRolePolicyForScans'] : []),
  ];
  return roleOf(scope, id, 'backup.amazonaws.com', 'AWS Backup makes backups with it', policies);
}

/** The role that GuardDuty reads backups with. */
export function scannerRole(scope: Construct, id: string): iam.Role {
  const service = 'malware-protection.guardduty.amazonaws.com';
  return roleOf(scope, id, service, 'GuardDuty reads backups with it', ['AWSBackupGuardDutyRolePolicyForScans']);
}

function roleOf(scope: Construct, id: string, service: string, description: string, policies: readonly string[]): iam.Role {
  return new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal(service),
    description,
    managedPolicies: policies.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
}
