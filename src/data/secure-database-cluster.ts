import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { completed } from '../defaults/completed';
import { engineSettings } from '../defaults/database';
import { databaseClusterDefaults } from '../defaults/database-cluster';
import { takesInsights } from '../defaults/database-engines';
import { checkEngine, checkNetwork, checkRetention } from '../defaults/database-errors';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import { clusterAlarms, type DatabaseClusterAlarmThresholds } from './database-alarms';
import { databaseIdentifier } from './database-identifier';
import { databaseLogGroups } from './database-log-groups';
import { rotatePassword } from './password-rotation';
import { withReader } from './reader-like-writer';

/** Options of `SecureDatabaseCluster`: those of `rds.DatabaseCluster`, every one of which comes before a default. */
export interface SecureDatabaseClusterProps extends rds.DatabaseClusterProps {
  /**
   * Whether the cluster is deployed already, as a plain `rds.DatabaseCluster` for example. Set it when this class takes the place
   * of another one, and leave it there. Never set it for what this class has made: CloudFormation would make an empty one in its
   * place.
   *
   * Then what CloudFormation changes only with a new, empty cluster in its place stays as it is: encryption and its key, the
   * name, subnets, the name of the master user. So do the version of the engine, certificates, the key of Performance Insights,
   * and the password, which clients may have been given as a value: call `addRotationSingleUser` once they read it from the
   * secret. Log groups exist already, and keep their key; a function of the CDK sets how long they keep logs. Nothing restarts
   * instances: `mayRestart` says when that is all right. The rules report what remains; `docs/migrating-data.md` has the way from
   * there.
   *
   * What is changed: a cluster in production that has only a writer gets a reader, which costs as much as the writer.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Whether the instances of a cluster that is deployed already may be restarted. Then a parameter group that forces TLS and turns
   * on auditing is attached, unless the cluster has its own. From then on it refuses connections without TLS: see to the clients
   * first, and choose a quiet hour.
   *
   * @default - true for a new cluster, false with `alreadyDeployed`
   */
  readonly mayRestart?: boolean;

  /**
   * A snapshot of a cluster to make the cluster of: its name, or its ARN when another account shares it. The cluster is encrypted
   * with its key even when the snapshot is not. Give `credentials` the master user that the snapshot has; its password is set anew.
   *
   * Leave it in the app as long as the cluster lives: CloudFormation replaces a cluster whose snapshot changes.
   *
   * @default - a new, empty cluster
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
  readonly alarmThresholds?: DatabaseClusterAlarmThresholds;
}

/**
 * A cluster of Aurora PostgreSQL or Aurora MySQL that takes only encrypted connections, audits, and is backed up.
 *
 * Takes every property of `rds.DatabaseCluster` and can take its place, with `alreadyDeployed`: logical ids stay the same.
 *
 * - TLS is forced, and auditing on, in a parameter group of the cluster. A `parameterGroup` of your own is left as it is, and judged
 *   by the rules. PostgreSQL wants SQL as well: `CREATE EXTENSION pgaudit` in each database.
 * - Storage, password, Performance Insights and log groups are encrypted with customer-managed keys; logs are kept for a year.
 *   Performance Insights are left out where the type of an instance does not offer them, as t3 with Aurora MySQL.
 * - It is in isolated subnets, or else in private ones, without public addresses, and accepts IAM authentication.
 * - Automated backups reach back 35 days in production, 7 elsewhere, and stay when the cluster is deleted, as does a snapshot.
 * - Production is protected against deletion, and has a reader like the writer when `readers` is not given.
 * - The password is changed every 30 days where the VPC has subnets with a way to Secrets Manager: private ones with egress, or an
 *   interface endpoint that was added to the VPC. Without, set `manageMasterUserPassword`, and RDS changes it itself.
 * - A new cluster has a name, which is made of that of its stack, and CloudFormation never replaces what has a name.
 * - Alarms tell of processor, memory, local storage, connections, and reads and writes of the volume, where there is somewhere to
 *   send them.
 *
 * What it creates beside the cluster, once for each stack: a KMS key for data and one for logs. For each
 * cluster: a secret, a parameter group, log groups, a function that changes the password, six alarms. What it costs in kind: the
 * keys and their requests, the secret, alarms, log data (an audit log grows with what is written), backup storage beyond the size of
 * the cluster, and in production a reader, which doubles the price of the instances. Performance Insights are kept for the seven
 * days that are free; `DatabaseInsightsMode.ADVANCED` keeps them for 15 months, and is billed.
 *
 * To encrypt a deployed cluster: snapshot it, make a second `SecureDatabaseCluster` of it with `snapshotIdentifier`, point clients
 * to it, and remove the first. `docs/migrating-data.md` has it step by step.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 *
 * new SecureDatabaseCluster(this, 'Orders', {
 *   vpc,
 *   engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_6 }),
 *   writer: rds.ClusterInstance.serverlessV2('Writer'),
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_BestPractices.Security.html
 */
export class SecureDatabaseCluster extends rds.DatabaseCluster {
  /**
   * @param scope where the cluster is made.
   * @param id its id in there.
   * @param props options.
   * @throws when an engine states no version or one without standard support, when there are only public subnets, or when backups
   * do not reach back 7 to 35 days; it says what to change. Of a cluster that is deployed already, only backups are looked at.
   */
  constructor(scope: Construct, id: string, props: SecureDatabaseClusterProps) {
    const {
      alreadyDeployed = false,
      mayRestart = !alreadyDeployed,
      snapshotIdentifier,
      alarmTopic,
      alarmThresholds = {},
      ...own
    } = props;
    checkRetention('backup.retention', own.backup?.retention);
    if (!alreadyDeployed) check(own);
    const clusterIdentifier = own.clusterIdentifier ?? databaseIdentifier(scope, id);
    const complete: rds.DatabaseClusterProps = {
      ...databaseClusterDefaults(own, { scope, id, mayBeDeployed: alreadyDeployed }),
      ...(mayRestart ? engineSettings(own) : {}),
      ...(Soc2Environment.of(scope).isProduction && own.writer && !own.readers ? withReader(own.writer) : {}),
      ...(alreadyDeployed ? {} : { clusterIdentifier, cloudwatchLogsRetention: undefined }),
    };
    super(scope, id, completed(complete));

    const database = this.node.defaultChild as rds.CfnDBCluster;
    const instances = this.node.findAll().filter((each) => each instanceof rds.CfnDBInstance);
    hardenInstances(instances, alreadyDeployed);
    if (snapshotIdentifier !== undefined) restore(database, snapshotIdentifier);
    if (own.enablePerformanceInsights !== false && instances.every((each) => takesInsights(own.engine, typeOf(each))))
      observe(database, alreadyDeployed ? undefined : domainKey(this, 'data').keyArn);
    clusterAlarms(this, alarmTopic, alarmThresholds);
    if (alreadyDeployed) return;
    databaseLogGroups(this, {
      kind: 'cluster',
      identifier: clusterIdentifier,
      logTypes: complete.cloudwatchLogsExports ?? [],
      retention: own.cloudwatchLogsRetention ?? logs.RetentionDays.ONE_YEAR,
      database,
      listed: this.cloudwatchLogGroups,
    });
    if (this.node.tryFindChild('Secret') && own.replicationSourceIdentifier === undefined) rotatePassword(this);
  }
}

function check({ engine, vpc, vpcSubnets, subnetGroup, instanceProps }: rds.DatabaseClusterProps): void {
  checkEngine(engine);
  checkNetwork({ vpc: vpc ?? instanceProps?.vpc, vpcSubnets: vpcSubnets ?? instanceProps?.vpcSubnets, subnetGroup });
}

/** What the instances of a cluster decide themselves. */
function hardenInstances(instances: readonly rds.CfnDBInstance[], alreadyDeployed: boolean): void {
  for (const instance of instances) {
    instance.publiclyAccessible ??= false;
    if (alreadyDeployed) continue;
    instance.autoMinorVersionUpgrade ??= true;
    instance.caCertificateIdentifier ??= rds.CaCertificate.RDS_CA_RSA2048_G1.toString();
  }
}

/** `db.t3.medium` is of the type `t3.medium`. */
function typeOf({ dbInstanceClass = '' }: rds.CfnDBInstance): string {
  return dbInstanceClass.replace(/^db\./, '');
}

/** What the cluster spends its time on, for seven days, which costs nothing. */
function observe(cluster: rds.CfnDBCluster, key: string | undefined): void {
  cluster.performanceInsightsEnabled = true;
  cluster.performanceInsightsKmsKeyId ??= key;
  cluster.performanceInsightsRetentionPeriod ??= rds.PerformanceInsightRetention.DEFAULT;
  cluster.databaseInsightsMode ??= rds.DatabaseInsightsMode.STANDARD;
}

/** The snapshot decides on the master user and on the databases that there are. */
function restore(cluster: rds.CfnDBCluster, snapshotIdentifier: string): void {
  cluster.snapshotIdentifier = snapshotIdentifier;
  cluster.masterUsername = undefined;
  cluster.databaseName = undefined;
}
