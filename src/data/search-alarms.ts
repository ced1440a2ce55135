import { Duration, type Size } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { addAlarms } from '../defaults/alarms';

interface SearchAlarmOptions {
  /** Percent. */
  readonly cpu: number;
  /** Percent. */
  readonly memory: number;
  /** Of the node that has the least. */
  readonly freeStorage: Size;
}

const MINUTE = { period: Duration.minutes(1) };

/**
 * The alarms of a domain.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html
 */
export function addSearchAlarms(domain: opensearch.Domain, topic: sns.ITopic | undefined, options: SearchAlarmOptions): void {
  const { path } = domain.node;
  addAlarms(domain, topic, {
    RedAlarm: {
      metric: domain.metricClusterStatusRed(MINUTE),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: `Search domain ${path} has lost an index: look at its nodes, and restore the index from a snapshot`,
    },
    YellowAlarm: {
      metric: domain.metricClusterStatusYellow(MINUTE),
      threshold: 1,
      evaluationPeriods: 5,
      alarmDescription: `Search domain ${path} has no copy of an index: look at the number of its nodes, and at their disks`,
    },
    FreeStorageAlarm: {
      metric: domain.metricFreeStorageSpace(MINUTE),
      threshold: options.freeStorage.toMebibytes(),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      alarmDescription: `Search domain ${path} runs out of disk: delete old indexes, or make the volumes larger`,
    },
    WritesBlockedAlarm: {
      metric: domain.metricClusterIndexWritesBlocked({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: `Search domain ${path} takes no writes: look at its disks and at the memory of its nodes`,
    },
    SnapshotAlarm: {
      metric: domain.metricAutomatedSnapshotFailure(MINUTE),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: `Search domain ${path} could not make its snapshot: look at its status, which is red as a rule`,
    },
    CpuAlarm: {
      metric: domain.metricCPUUtilization({ period: Duration.minutes(15) }),
      threshold: options.cpu,
      evaluationPeriods: 3,
      alarmDescription: `Search domain ${path} is busy: look at its slow logs, and at the size of its nodes`,
    },
    MemoryAlarm: {
      metric: domain.metricJVMMemoryPressure(MINUTE),
      threshold: options.memory,
      evaluationPeriods: 3,
      alarmDescription: `Search domain ${path} runs out of memory: look at its slow logs, and at the number of shards`,
    },
    KeyAlarm: {
      metric: domain.metricKMSKeyInaccessible(MINUTE),
      threshold: 1,
      evaluationPeriods: 1,
      alarmDescription: `Search domain ${path} cannot use its key: enable the key and look at its grants, or the data is lost`,
    },
  });
}
