import { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { FindingSeverity } from '../detection/finding-severity';
import type { VulnerabilityScanning } from '../detection/vulnerability-scanning';
import { DashboardSection } from './dashboard-section';

/** A graph: what it is about, what it is called, and its lines. */
export type Graph = readonly [section: DashboardSection, title: string, ...metrics: cloudwatch.IMetric[]];

const { AVAILABILITY, LATENCY, ERRORS, CAPACITY, BACKUP, SECURITY } = DashboardSection;
const P99 = { statistic: cloudwatch.Stats.percentile(99) };
const SUM = { statistic: cloudwatch.Stats.SUM };

export function graphsOfLoadBalancer({ metrics }: elbv2.IApplicationLoadBalancer): Graph[] {
  const failed = ['HTTPCode_ELB_5XX_Count', 'HTTPCode_Target_5XX_Count'].map((name) => metrics.custom(name, SUM));
  return [
    [AVAILABILITY, 'requests', metrics.requestCount()],
    [LATENCY, 'seconds to answer', metrics.targetResponseTime(), metrics.targetResponseTime(P99)],
    [ERRORS, 'requests that failed', ...failed, metrics.rejectedConnectionCount()],
  ];
}

export function graphsOfDatabase(database: rds.IDatabaseInstance): Graph[] {
  return [
    [LATENCY, 'seconds to read and write', database.metric('ReadLatency'), database.metric('WriteLatency')],
    [CAPACITY, 'processor', database.metricCPUUtilization()],
    [CAPACITY, 'free storage', database.metricFreeStorageSpace()],
    [CAPACITY, 'connections', database.metricDatabaseConnections()],
  ];
}

export function graphsOfDatabaseCluster(cluster: rds.IDatabaseCluster): Graph[] {
  const lag = cluster.metric('AuroraReplicaLagMaximum', { statistic: cloudwatch.Stats.MAXIMUM });
  return [
    [LATENCY, 'milliseconds that readers are behind', lag],
    [CAPACITY, 'processor', cluster.metricCPUUtilization()],
    [CAPACITY, 'connections', cluster.metricDatabaseConnections()],
  ];
}

export function graphsOfFunction(fn: lambda.IFunction): Graph[] {
  return [
    [AVAILABILITY, 'calls', fn.metricInvocations()],
    [LATENCY, 'milliseconds', fn.metricDuration(P99)],
    [ERRORS, 'calls that failed', fn.metricErrors(), fn.metricThrottles()],
  ];
}

export function graphsOfQueue(queue: sqs.IQueue): Graph[] {
  return [
    [LATENCY, 'age of the oldest message in seconds', queue.metricApproximateAgeOfOldestMessage()],
    [CAPACITY, 'messages that wait', queue.metricApproximateNumberOfMessagesVisible()],
  ];
}

export function graphsOfTable(table: dynamodb.ITable): Graph[] {
  const sums = (...names: string[]) => names.map((name) => table.metric(name, SUM));
  return [
    [CAPACITY, 'capacity', ...sums('ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits')],
    [ERRORS, 'requests held back', ...sums('ReadThrottleEvents', 'WriteThrottleEvents')],
  ];
}

export function graphsOfBackupVault({ backupVaultName: BackupVaultName }: backup.IBackupVault): Graph[] {
  const common = { namespace: 'AWS/Backup', dimensionsMap: { BackupVaultName }, period: Duration.days(1), ...SUM };
  const ended = ['Completed', 'Failed', 'Expired'].map(
    (state) => new cloudwatch.Metric({ ...common, metricName: `NumberOfBackupJobs${state}` }),
  );
  return [[BACKUP, 'backups', ...ended]];
}

export function graphsOfVulnerabilities(scanning: VulnerabilityScanning): Graph[] {
  const bySeverity = (metricOf: (severity: FindingSeverity, options: cloudwatch.MetricOptions) => cloudwatch.Metric) =>
    Object.values(FindingSeverity).map((severity) => metricOf(severity, { label: severity.toLowerCase() }));
  return [
    [SECURITY, 'open findings', ...bySeverity((...each) => scanning.metricOpenFindings(...each))],
    [SECURITY, 'overdue findings', ...bySeverity((...each) => scanning.metricOverdueFindings(...each))],
    [SECURITY, 'age of the oldest finding in days', ...bySeverity((...each) => scanning.metricOldestFindingDays(...each))],
  ];
}
