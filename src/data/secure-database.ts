import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { completed } from '../defaults/completed';
import { databaseDefaults, engineSettings } from '../defaults/database';
import { checkInstance, checkRetention } from '../defaults/database-errors';
import { engineOptions } from '../defaults/database-options';
import { type DatabaseInstanceAlarmThresholds, instanceAlarms } from './database-alarms';
import { databaseIdentifier } from './database-identifier';
import { databaseLogGroups } from './database-log-groups';
import { rotatePassword } from './password-rotation';

/** Options of `SecureDatabase`: those of `rds.DatabaseInstance`, every one of which comes before a default. */
export interface SecureDatabaseProps extends rds.DatabaseInstanceProps {
  /**
   * Whether the database is deployed already, as a plain `rds.DatabaseInstance` for example. Set it when this class takes the
   * place of another one, and leave it there. Never set it for what this class has made: CloudFormation would make an empty one
   * in its place.
   *
   * Then what CloudFormation changes only with a new, empty database in its place stays as it is: encryption and its key, the
   * name, subnets, the name of the master user. So do the version of the engine, the certificate, the key of Performance
   * Insights, and the password, which clients may have been given as a value: call `addRotationSingleUser` once they read it from
   * the secret. Log groups exist already, and keep their key; a function of the CDK sets how long they keep logs. Nothing restarts
   * the database: `mayRestart` says when that is all right. The rules report what remains; `docs/migrating-data.md` has the way
   * from there.
   *
   * What is changed: production gets a standby, which takes a while and costs as much as the database.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Whether a database that is deployed already may be restarted. Then a parameter group that forces TLS and turns on auditing is
   * attached and, for MySQL, MariaDB, SQL Server and Oracle, an option group, unless the database has its own. From then on it
   * refuses connections without TLS: see to the clients first, and choose a quiet hour.
   *
   * @default - true for a new database, false with `alreadyDeployed`
   */
  readonly mayRestart?: boolean;

  /**
   * A snapshot to make the database of: its name, or its ARN when another account shares it. It has to be encrypted, for a database
   * is as encrypted as its snapshot. Give `credentials` the master user that the snapshot has; its password is set anew.
   *
   * Leave it in the app as long as the database lives.
   *
   * @default - a new, empty database
   */
  readonly snapshotIdentifier?: string;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; without one there are no alarms
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * When alarms go off.
   *
   * @default - see each threshold
   */
  readonly alarmThresholds?: DatabaseInstanceAlarmThresholds;
}

/**
 * A database of PostgreSQL, MySQL, MariaDB, SQL Server or Oracle that takes only encrypted connections, audits, and is backed up.
 *
 * Takes every property of `rds.DatabaseInstance` and can take its place, with `alreadyDeployed`: the logical id stays the same.
 *
 * - TLS is forced, and auditing on, the way that the engine and its version do it: in a parameter group and, where parameters do not
 *   suffice, in an option group. A `parameterGroup` or `optionGroup` of your own is left as it is, and judged by the rules. Two
 *   engines want SQL as well: `CREATE EXTENSION pgaudit` in each database of PostgreSQL, and audits (`CREATE SERVER AUDIT`, or
 *   `AUDIT` statements and policies) in SQL Server and Oracle.
 * - Storage, password, Performance Insights and log groups are encrypted with customer-managed keys; logs are kept for a year.
 * - It is in isolated subnets, or else in private ones, without a public address, and accepts IAM authentication where the engine
 *   offers it.
 * - Automated backups reach back 35 days in production, 7 elsewhere, and stay when the database is deleted, as does a snapshot.
 * - Production has a standby in another Availability Zone and protection against deletion.
 * - The password is changed every 30 days where the VPC has subnets with a way to Secrets Manager: private ones with egress, or an
 *   interface endpoint that was added to the VPC. Without, set `manageMasterUserPassword`, and RDS changes it itself.
 * - A new database has a name, which is made of that of its stack, and CloudFormation never replaces what has a name.
 * - Alarms tell of processor, memory, storage, waiting reads and writes, and connections, where there is somewhere to send them.
 *
 * What it creates beside the database, once for each stack: a KMS key for data and one for logs. For each
 * database: a secret, a parameter group, log groups, a function that changes the password, five alarms; for SQL Server also a bucket
 * and a role for audit files. What it costs in kind: the keys and their requests, the secret, alarms, log data (an audit log grows
 * with what is written), backup storage beyond the size of the database, and in production the standby, which doubles the price of
 * the database. Performance Insights are kept for the seven days that are free; `DatabaseInsightsMode.ADVANCED` keeps them for
 * 15 months, and is billed.
 *
 * To encrypt a deployed database: snapshot it, copy the snapshot with a key, make a second `SecureDatabase` of the copy with
 * `snapshotIdentifier`, point clients to it, and remove the first. `docs/migrating-data.md` has it step by step.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 *
 * new SecureDatabase(this, 'Orders', {
 *   vpc,
 *   engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_6 }),
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.Security.html
 */
export class SecureDatabase extends rds.DatabaseInstance {
  /**
   * @param scope where the database is made.
   * @param id its id in there.
   * @param props options.
   * @throws when an engine states no version or one without standard support, when the engine or the instance type cannot be
   * encrypted, when there are only public subnets, or when backups do not reach back 7 to 35 days; it says what to change. Of a
   * database that is deployed already, only backups are looked at.
   */
  constructor(scope: Construct, id: string, props: SecureDatabaseProps) {
    const {
      alreadyDeployed = false,
      mayRestart = !alreadyDeployed,
      snapshotIdentifier,
      alarmTopic,
      alarmThresholds = {},
      ...own
    } = props;
    checkRetention('backupRetention', own.backupRetention);
    if (!alreadyDeployed) checkInstance(own);
    const instanceIdentifier = own.instanceIdentifier ?? databaseIdentifier(scope, id);
    const complete: rds.DatabaseInstanceProps = {
      ...databaseDefaults(own, { scope, id, mayBeDeployed: alreadyDeployed }),
      ...(mayRestart ? engineSettings(own) : {}),
      optionGroup: own.optionGroup ?? (mayRestart ? engineOptions(scope, id, own.engine) : undefined),
      ...(alreadyDeployed ? {} : { instanceIdentifier, cloudwatchLogsRetention: undefined }),
    };
    super(scope, id, completed(complete));

    const database = this.node.defaultChild as rds.CfnDBInstance;
    if (snapshotIdentifier !== undefined) restore(database, snapshotIdentifier);
    instanceAlarms(this, alarmTopic, alarmThresholds, own.allocatedStorage);
    if (alreadyDeployed) return;
    databaseLogGroups(this, {
      kind: 'instance',
      identifier: instanceIdentifier,
      logTypes: complete.cloudwatchLogsExports ?? [],
      retention: own.cloudwatchLogsRetention ?? logs.RetentionDays.ONE_YEAR,
      database,
      listed: this.cloudwatchLogGroups,
    });
    if (this.node.tryFindChild('Secret')) rotatePassword(this);
  }
}

/** The snapshot decides on the key and on the master user. */
function restore(database: rds.CfnDBInstance, snapshotIdentifier: string): void {
  database.dbSnapshotIdentifier = snapshotIdentifier;
  database.kmsKeyId = undefined;
  database.masterUsername = undefined;
  database.characterSetName = undefined;
}
