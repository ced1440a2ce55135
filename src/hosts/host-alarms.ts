import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type AlarmOptions, addAlarms } from '../defaults/alarms';
import { HOST_METRICS, HOST_NAMESPACE } from './host-settings';

/** When alarms of servers go off. */
export interface HostAlarmThresholds {
  /**
   * Percent of the processor in use, for 15 minutes; of an Auto Scaling group, the average of its servers. 1 to 100.
   *
   * @default 90
   */
  readonly cpuPercent?: number;

  /**
   * Percent of memory in use, for 15 minutes, of any server. 1 to 100.
   *
   * @default 90
   */
  readonly memoryPercent?: number;

  /**
   * Percent of a disk in use, of any disk of any server. 1 to 100.
   *
   * @default 85
   */
  readonly diskPercent?: number;
}

/** What alarms watch. */
interface Watched {
  /** What CloudWatch knows the server or the group by. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly isWindows: boolean;
  /** Whether the agent publishes memory and disks. */
  readonly hasAgent: boolean;
  readonly alarmTopic?: sns.ITopic;
  readonly thresholds?: HostAlarmThresholds;
}

const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_OR_EQUAL_TO_THRESHOLD } = cloudwatch.ComparisonOperator;
const { MAXIMUM, MINIMUM, AVERAGE } = cloudwatch.Stats;
const QUARTER = { evaluationPeriods: 3, comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD } as const;

/** Alarms on health, processor, memory and disks of a server, or of the servers of an Auto Scaling group. */
export function hostAlarms(host: Construct, watched: Watched): void {
  const { hasAgent, alarmTopic, isWindows, thresholds = {} } = watched;
  const { cpuPercent = 90, memoryPercent = 90, diskPercent = 85 } = checked(thresholds);
  const metric = (namespace: string, metricName: string, statistic: string, period = Duration.minutes(5)) =>
    new cloudwatch.Metric({ namespace, metricName, statistic, period, dimensionsMap: { ...watched.dimensions } });
  const where = host.node.path;
  const disk: AlarmOptions = isWindows
    ? {
        metric: metric(HOST_NAMESPACE, HOST_METRICS.diskFree, MINIMUM),
        threshold: 100 - diskPercent,
        evaluationPeriods: 3,
        comparisonOperator: LESS_THAN_OR_EQUAL_TO_THRESHOLD,
        alarmDescription: fullDisk(where, diskPercent),
      }
    : {
        ...QUARTER,
        metric: metric(HOST_NAMESPACE, HOST_METRICS.disk, MAXIMUM),
        threshold: diskPercent,
        alarmDescription: fullDisk(where, diskPercent),
      };
  addAlarms(host, alarmTopic, {
    StatusCheck: {
      metric: metric('AWS/EC2', 'StatusCheckFailed', MAXIMUM, Duration.minutes(1)),
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      alarmDescription: `A status check of ${where} fails: look at the status checks and the system log of the server in EC2. Stopping and starting it moves it to other hardware.`,
    },
    Cpu: {
      ...QUARTER,
      metric: metric('AWS/EC2', 'CPUUtilization', AVERAGE),
      threshold: cpuPercent,
      alarmDescription: `The processor of ${where} has been in use for ${cpuPercent} percent or more in 15 minutes: open a session, and look at what uses it. Work that nobody started is a sign of an intruder.`,
    },
    ...(hasAgent
      ? {
          Memory: {
            ...QUARTER,
            metric: metric(HOST_NAMESPACE, HOST_METRICS.memory, MAXIMUM),
            threshold: memoryPercent,
            alarmDescription: `Memory of ${where} has been in use for ${memoryPercent} percent or more in 15 minutes: open a session, and look at what uses it.`,
          },
          Disk: disk,
        }
      : {}),
  });
}

function fullDisk(where: string, percent: number): string {
  return `A disk of ${where} is full by ${percent} percent or more: open a session, look at which one, and make room or enlarge the volume.`;
}

function checked(thresholds: HostAlarmThresholds): HostAlarmThresholds {
  for (const [name, percent] of Object.entries(thresholds)) {
    if (percent !== undefined && !(percent >= 1 && percent <= 100))
      throw new Error(`'alarmThresholds.${name}' must be a percentage from 1 to 100, got ${percent}`);
  }
  return thresholds;
}
