import { Size, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { type AlarmOptions, addAlarms } from '../defaults/alarms';

/** Thresholds of the alarms of every database. */
export interface DatabaseAlarmThresholds {
  /**
   * Percentage of the processors in use, on average over 15 minutes, at which an alarm goes off; 1 to 100.
   *
   * @default 80
   */
  readonly cpuUtilization?: number;

  /**
   * Memory that is free, on average over 15 minutes, below which an alarm goes off.
   *
   * @default Size.mebibytes(256)
   */
  readonly freeableMemory?: Size;

  /**
   * Storage that is free below which an alarm goes off: of an instance the volume, of a cluster the local storage of an instance,
   * where it sorts and keeps temporary tables.
   *
   * @default - an instance: a tenth of `allocatedStorage`; a cluster: 5 GiB
   */
  readonly freeStorage?: Size;

  /**
   * Connections at which an alarm goes off. What an engine allows depends on its memory and on `max_connections`: choose about four
   * fifths of that.
   *
   * @default 500
   */
  readonly connections?: number;
}

/** Thresholds of the alarms of a `SecureDatabase`. */
export interface DatabaseInstanceAlarmThresholds extends DatabaseAlarmThresholds {
  /**
   * Reads and writes that wait for the volume, on average over 15 minutes, at which an alarm goes off.
   *
   * @default 64
   */
  readonly diskQueueDepth?: number;
}

/** Thresholds of the alarms of a `SecureDatabaseCluster`. */
export interface DatabaseClusterAlarmThresholds extends DatabaseAlarmThresholds {
  /**
   * Reads, or writes, of the volume in 5 minutes at which an alarm goes off.
   *
   * @default 1000000
   */
  readonly volumeOperations?: number;
}

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;

/** What the alarms of both have in common. Periods are of 5 minutes. */
function common(
  database: rds.DatabaseInstance | rds.DatabaseCluster,
  { worst, least }: { readonly worst: string; readonly least: string },
  thresholds: DatabaseAlarmThresholds,
): Record<string, AlarmOptions> {
  const name = database.node.path;
  const reaches = { comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD, evaluationPeriods: 3 };
  return {
    CpuAlarm: {
      ...reaches,
      metric: database.metricCPUUtilization({ statistic: worst }),
      threshold: thresholds.cpuUtilization ?? 80,
      alarmDescription: `The database ${name} is short of processor time. Look at the top statements in Database Insights, and at the instance type.`,
    },
    MemoryAlarm: {
      metric: database.metricFreeableMemory({ statistic: least }),
      comparisonOperator: LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      threshold: (thresholds.freeableMemory ?? Size.mebibytes(256)).toBytes(),
      alarmDescription: `The database ${name} is short of memory. Look at the number of connections, at large sorts and at the instance type.`,
    },
    ConnectionsAlarm: {
      ...reaches,
      metric: database.metricDatabaseConnections({ statistic: cloudwatch.Stats.MAXIMUM }),
      threshold: thresholds.connections ?? 500,
      alarmDescription: `The database ${name} has unusually many connections. Look for clients that do not close theirs, and for sign-ins that nobody expects.`,
    },
  };
}

/** Storage below which an alarm goes off. */
function below(metric: cloudwatch.IMetric, free: Size, alarmDescription: string): AlarmOptions {
  return {
    metric,
    comparisonOperator: LESS_THAN_THRESHOLD,
    evaluationPeriods: 1,
    threshold: free.toBytes(),
    alarmDescription,
  };
}

/** Alarms of an instance. */
export function instanceAlarms(
  database: rds.DatabaseInstance,
  topic: sns.ITopic | undefined,
  thresholds: DatabaseInstanceAlarmThresholds,
  allocatedStorage: number | undefined,
): void {
  const name = database.node.path;
  const volume = allocatedStorage === undefined || Token.isUnresolved(allocatedStorage) ? 100 : allocatedStorage;
  const { AVERAGE: worst, AVERAGE: least, MINIMUM: statistic } = cloudwatch.Stats;
  addAlarms(database, topic, {
    ...common(database, { worst, least }, thresholds),
    StorageAlarm: below(
      database.metricFreeStorageSpace({ statistic }),
      thresholds.freeStorage ?? Size.mebibytes(Math.round((volume * 1024) / 10)),
      `The volume of the database ${name} is almost full; when it is, the database stops. Look at what grows, and raise allocatedStorage or maxAllocatedStorage.`,
    ),
    DiskQueueAlarm: {
      metric: database.metric('DiskQueueDepth', { statistic: cloudwatch.Stats.AVERAGE }),
      comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 3,
      threshold: thresholds.diskQueueDepth ?? 64,
      alarmDescription: `Reads and writes of the database ${name} wait for its volume. Look at statements without an index, and at the storage type and its IOPS.`,
    },
  });
}

/** Alarms of a cluster: of its worst instance, and of its volume. */
export function clusterAlarms(
  database: rds.DatabaseCluster,
  topic: sns.ITopic | undefined,
  thresholds: DatabaseClusterAlarmThresholds,
): void {
  const name = database.node.path;
  const { MAXIMUM: worst, MINIMUM: least, AVERAGE: statistic } = cloudwatch.Stats;
  const unusual = (metric: cloudwatch.IMetric, what: string): AlarmOptions => ({
    metric,
    comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 3,
    threshold: thresholds.volumeOperations ?? 1_000_000,
    alarmDescription: `The database ${name} ${what} its volume unusually often, which is billed. Look at the top statements in Database Insights.`,
  });
  addAlarms(database, topic, {
    ...common(database, { worst, least }, thresholds),
    StorageAlarm: below(
      database.metricFreeLocalStorage({ statistic: least }),
      thresholds.freeStorage ?? Size.gibibytes(5),
      `An instance of the database ${name} is short of local storage. Look at large sorts and temporary tables, and at the instance type.`,
    ),
    ReadsAlarm: unusual(database.metricVolumeReadIOPs({ statistic }), 'reads'),
    WritesAlarm: unusual(database.metricVolumeWriteIOPs({ statistic }), 'writes'),
  });
}
