import type { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { RestoreTest } from './restore-test';

/** Options of `RestoreTesting`. */
export interface RestoreTestingProps {
  /** What is restored and checked. At least one; as many as fit into 30 selections, of 30 resources each. */
  readonly tests: RestoreTest[];

  /** The recovery point objective: how old the newest recovery point may be. At least 1 minute. */
  readonly rpo: Duration;

  /** The recovery time objective: how long it may take from the start of a restore until all is checked. At least 1 minute. */
  readonly rto: Duration;

  /**
   * The name of the plan: at most 50 letters, digits and underscores.
   *
   * @default - derived from the path of the construct
   */
  readonly planName?: string;

  /**
   * When tests start, as a cron expression of AWS Backup. Restored resources are billed until they are checked.
   *
   * @default 'cron(0 3 1 * ? *)', at 3 o'clock on the first day of each month
   */
  readonly schedule?: string;

  /**
   * The time zone of the schedule.
   *
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;

  /**
   * How long after its time a restore may start: 1 to 168 hours.
   *
   * @default Duration.hours(8)
   */
  readonly startWindow?: Duration;

  /**
   * How long a restored resource is kept for validation: 2 to 168 hours. It is deleted earlier, when the result is known.
   *
   * @default Duration.hours(12)
   */
  readonly validationWindow?: Duration;

  /**
   * How far back a recovery point is looked for: 1 to 365 days. The newest is taken.
   *
   * @default Duration.days(30)
   */
  readonly selectionWindow?: Duration;

  /**
   * The vaults whose recovery points are tested.
   *
   * @default - every vault of the account in the Region
   */
  readonly vaults?: backup.IBackupVault[];

  /**
   * How long a resource may go without a test that passes, before an alarm: 1 to 366 days, and not less than the schedule leaves
   * between two tests.
   *
   * @default Duration.days(35), for the monthly schedule
   */
  readonly maximumInterval?: Duration;

  /**
   * A network with isolated subnets, for restored databases and instances.
   *
   * @default - one is made where it is needed, with isolated subnets in two zones and no way out
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The key of restored tables, buckets, volumes and file systems. Databases and instances keep the key of their backup.
   *
   * @default - the backup key of the stack
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The bucket that tickets are written to, below `restore-tests/`.
   *
   * @default - a bucket of its own, with versions, kept when the stack is deleted
   */
  readonly ticketBucket?: s3.IBucket;

  /**
   * Whether a test that does not pass opens an OpsItem, and one whose restore was not deleted another one; they are billed.
   *
   * @default false
   */
  readonly opsItems?: boolean;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}
