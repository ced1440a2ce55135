import { Duration, Lazy, Names, Stack, Token } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { VulnerabilityScanning } from '../detection/vulnerability-scanning';
import { DashboardSection, graph, sectionRows } from './dashboard-section';
import {
  type Graph,
  graphsOfBackupVault,
  graphsOfDatabase,
  graphsOfDatabaseCluster,
  graphsOfFunction,
  graphsOfLoadBalancer,
  graphsOfQueue,
  graphsOfTable,
  graphsOfVulnerabilities,
} from './graphs';
import { OperationsReport } from './operations-report-schedule';

/** Options of `OperationsDashboard`. */
export interface OperationsDashboardProps {
  /**
   * The name of the dashboard. Letters, digits, `-` and `_`.
   *
   * @default - made from the path of the construct
   */
  readonly dashboardName?: string;

  /**
   * Where a report of the dashboard is written: every graph as a picture, and its values by day, below
   * `<prefix><account>/<Region>/<day>/`. A key of the bucket must let roles of this account use it.
   *
   * @default - no report is written
   */
  readonly reportBucket?: s3.IBucket;

  /**
   * What names of reports begin with.
   *
   * @default operations/
   */
  readonly reportPrefix?: string;

  /**
   * When reports are written.
   *
   * @default - on the first day of each month, at 06:00 UTC
   */
  readonly reportSchedule?: events.Schedule;

  /**
   * How many days a report is about: 1 to 455, as long as CloudWatch keeps metrics.
   *
   * @default Duration.days(31)
   */
  readonly reportPeriod?: Duration;

  /**
   * Where alarms of the function are sent that writes reports.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * A dashboard of availability, latency, errors, capacity, backups and open findings, and a report of it for auditors.
 *
 * Each `add…` method adds what matters of a construct to the sections that it belongs to.
 *
 * What it creates: a dashboard; with `reportBucket` a function that writes reports, its role, log and queue, and a rule that starts it. What it
 * costs in kind: a dashboard, and the metrics that a report reads.
 *
 * @example
 * declare const queue: sqs.Queue;
 * declare const vulnerabilities: VulnerabilityScanning;
 *
 * const dashboard = new OperationsDashboard(this, 'Operations', { reportBucket: new SecureBucket(this, 'Reports') });
 * dashboard.addQueue('Orders', queue);
 * dashboard.addVulnerabilityScanning('Account', vulnerabilities);
 */
export class OperationsDashboard extends Construct {
  /** The dashboard. */
  public readonly dashboard: cloudwatch.CfnDashboard;
  private readonly graphs = new Map<DashboardSection, cloudwatch.GraphWidget[]>();

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a name has other characters than a dashboard takes, and when a report is about other than 1 to 455 whole days.
   */
  constructor(scope: Construct, id: string, props: OperationsDashboardProps = {}) {
    super(scope, id);
    const { dashboardName = Names.uniqueResourceName(this, { maxLength: 255, separator: '-' }) } = props;
    if (!Token.isUnresolved(dashboardName) && !/^[\w-]{1,255}$/.test(dashboardName))
      throw new Error(`'dashboardName' must be 1 to 255 letters, digits, '-' and '_', got '${dashboardName}'`);
    this.dashboard = new cloudwatch.CfnDashboard(this, 'Dashboard', {
      dashboardName,
      dashboardBody: Lazy.string({ produce: () => Stack.of(this).toJsonString({ widgets: this.widgets() }) }),
    });
    const {
      reportBucket: bucket,
      reportPrefix: prefix = 'operations/',
      reportPeriod: period = Duration.days(31),
      alarmTopic,
    } = props;
    const { reportSchedule: schedule = events.Schedule.cron({ day: '1', hour: '6', minute: '0' }) } = props;
    if (bucket)
      new OperationsReport(this, 'Report', { dashboardName: this.dashboard.ref, bucket, prefix, period, schedule, alarmTopic });
  }

  /**
   * Show how many targets answer, how fast, and what went wrong.
   *
   * @param name what the graphs call it.
   * @param balancer a load balancer.
   */
  public addLoadBalancer(name: string, balancer: elbv2.IApplicationLoadBalancer): void {
    this.addAll(name, graphsOfLoadBalancer(balancer));
  }

  /**
   * Show the load of a database, and what is left of it.
   *
   * @param name what the graphs call it.
   * @param database an instance.
   */
  public addDatabase(name: string, database: rds.IDatabaseInstance): void {
    this.addAll(name, graphsOfDatabase(database));
  }

  /**
   * Show the load of a cluster, and how far its readers are behind.
   *
   * @param name what the graphs call it.
   * @param cluster a cluster.
   */
  public addDatabaseCluster(name: string, cluster: rds.IDatabaseCluster): void {
    this.addAll(name, graphsOfDatabaseCluster(cluster));
  }

  /**
   * Show calls of a function, how long they took, and which failed.
   *
   * @param name what the graphs call it.
   * @param fn a function.
   */
  public addFunction(name: string, fn: lambda.IFunction): void {
    this.addAll(name, graphsOfFunction(fn));
  }

  /**
   * Show how many messages wait, and for how long.
   *
   * @param name what the graphs call it.
   * @param queue a queue.
   */
  public addQueue(name: string, queue: sqs.IQueue): void {
    this.addAll(name, graphsOfQueue(queue));
  }

  /**
   * Show what a table serves, and what it refused.
   *
   * @param name what the graphs call it.
   * @param table a table.
   */
  public addTable(name: string, table: dynamodb.ITable): void {
    this.addAll(name, graphsOfTable(table));
  }

  /**
   * Show which backups were made, and which failed.
   *
   * @param name what the graphs call it.
   * @param vault where backups are kept.
   */
  public addBackupVault(name: string, vault: backup.IBackupVault): void {
    this.addAll(name, graphsOfBackupVault(vault));
  }

  /**
   * Show how old the newest backup is. AWS Backup publishes no such metric: take that of what watches backups.
   *
   * @param name what the graph calls it.
   * @param age the metric of an age.
   */
  public addBackupAge(name: string, age: cloudwatch.IMetric): void {
    this.addMetrics(DashboardSection.BACKUP, `${name}: age of the newest backup`, age);
  }

  /**
   * Show open findings of Inspector by severity, how old they are, and which are overdue.
   *
   * @param name what the graphs call it.
   * @param scanning what counts them.
   */
  public addVulnerabilityScanning(name: string, scanning: VulnerabilityScanning): void {
    this.addAll(name, graphsOfVulnerabilities(scanning));
  }

  /**
   * Show anything else.
   *
   * @param section what it is about.
   * @param title what the graph is called.
   * @param metrics its lines.
   */
  public addMetrics(section: DashboardSection, title: string, ...metrics: cloudwatch.IMetric[]): void {
    this.graphs.set(section, [...(this.graphs.get(section) ?? []), graph(title, metrics)]);
  }

  private addAll(name: string, graphs: readonly Graph[]): void {
    for (const [section, title, ...metrics] of graphs) this.addMetrics(section, `${name}: ${title}`, ...metrics);
  }

  private widgets(): unknown[] {
    const rows = Object.values(DashboardSection).flatMap((section) => sectionRows(section, this.graphs.get(section) ?? []));
    const column = new cloudwatch.Column(...rows);
    column.position(0, 0);
    return column.toJson();
  }
}
