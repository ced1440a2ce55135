import type { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { AirGappedVaultOptions } from './air-gapped-vault';
import type { BackupSchedule } from './backup-schedule';
import type { ComplianceLock } from './backup-vault-lock';

/** Options of `BackupProgram`. */
export interface BackupProgramProps {
  /**
   * How much work may be lost, as the time between two backups: the recovery point objective. Synthesis stops when the schedules make
   * backups more seldom, and an alarm goes off when a backup is older.
   */
  readonly rpo: Duration;

  /** How long it may take until what is lost is there again: the recovery time objective. Restore tests are measured by it. */
  readonly rto: Duration;

  /**
   * When backups are made, and how long they are kept.
   *
   * @default - every day for 35 days; in production also every week for 90 days, and every month for a year, in cold storage after 90 days
   */
  readonly schedules?: BackupSchedule[];

  /**
   * Whether databases of RDS and Aurora, and buckets, can be returned to any second of the last 35 days. AWS Backup then sets how
   * long their own automated backups are kept; where a template says otherwise than 35 days, both would change it in turns. Buckets
   * must be versioned.
   *
   * @default - true in production, false elsewhere
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
   */
  readonly continuous?: boolean;

  /**
   * Vaults in another Region or account that every backup is copied to, such as a `SecureBackupVault` in a stack there, or one by its
   * ARN. Some types are not copied to another account and another Region in one step: name a vault in each.
   *
   * @default - no copies outside production; in production either this or `airGappedVault` must be set, if only to `[]`
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
   */
  readonly copyTo?: backup.IBackupVault[];

  /**
   * Copy every backup to a vault that AWS keeps apart from the account. Such a vault is locked for good, and costs storage, so that it
   * is made only where that was asked for. An error outside production.
   *
   * @default - none
   */
  readonly airGappedVault?: AirGappedVaultOptions;

  /**
   * A vault that there is already. Its key, policy and locks stay as they are.
   *
   * @default - a `SecureBackupVault`
   */
  readonly existingVault?: backup.IBackupVault;

  /**
   * The key of the vault and of reports. With `existingVault`, name the key of that vault: accounts that copies go to may then use it.
   *
   * @default - the key for backups of the stack
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The one role that may delete backups and change the policy of the vault, for an emergency.
   *
   * @default - nobody may delete backups
   */
  readonly breakGlassRole?: iam.IRole;

  /**
   * ARNs of the roles that deploy the stack, which may change the policy and the lock of the vault.
   *
   * @default - the role that CloudFormation has in an account that the CDK was bootstrapped in
   */
  readonly deploymentRoles?: string[];

  /**
   * Lock the vault for good: an error outside production.
   *
   * @default - a lock that an administrator can lift (governance)
   */
  readonly complianceLock?: ComplianceLock;

  /**
   * Key of the tag that puts a resource into the program.
   *
   * @default 'BackupProgram'
   */
  readonly tagKey?: string;

  /**
   * Value of the tag. Programs of one account and Region need one each.
   *
   * @default - the kind of the environment: 'production', 'staging' or 'development'
   */
  readonly tagValue?: string;

  /**
   * Whether the types that the program protects are turned on in the settings of the Region, where they may be off. Nothing is turned
   * off. Set it to false where a delegated administrator keeps those settings.
   *
   * @default true
   */
  readonly serviceOptIn?: boolean;

  /**
   * Whether Backup Audit Manager holds backups against the targets, and reports every day. It needs AWS Config to record resources of
   * AWS Backup in the Region, and is billed by evaluation.
   *
   * @default - true in production, false elsewhere
   */
  readonly auditFramework?: boolean;

  /**
   * Where the reports of Backup Audit Manager go. Its policy must let `AWSServiceRoleForBackupReports` put objects below
   * `backup-audit/`.
   *
   * @default - a bucket of its own
   */
  readonly reportBucket?: s3.IBucket;

  /**
   * Whether GuardDuty scans backups of EBS, EC2 and S3 for malware, billed by volume.
   *
   * @default false
   */
  readonly malwareScan?: boolean;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * How many jobs that failed within an hour set off an alarm. At least 1.
   *
   * @default 1
   */
  readonly failedJobsThreshold?: number;

  /**
   * Whether each job that failed is also told of by its event. Set it to false where events of AWS Backup are routed already.
   *
   * @default true
   */
  readonly failedJobEvents?: boolean;
}
