import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';

interface CacheAlarmOptions {
  readonly group: elasticache.CfnReplicationGroup;
  readonly nodes: number;
  /** Percent. */
  readonly cpu: number;
  /** Percent. */
  readonly memory: number;
  /** A number in five minutes. */
  readonly failedLogins: number;
}

/** The alarms of a cache; each is about all its nodes. */
export function addCacheAlarms(
  scope: Construct,
  topic: sns.ITopic | undefined,
  { group, nodes, cpu, memory, failedLogins }: CacheAlarmOptions,
): void {
  const { path } = scope.node;
  const ofNodes = metricOf(group, nodes);
  addAlarms(scope, topic, {
    CpuAlarm: {
      metric: ofNodes('EngineCPUUtilization', 'Maximum'),
      threshold: cpu,
      evaluationPeriods: 3,
      alarmDescription: `Cache ${path} is busy: look at its slow log, and at the size of its nodes`,
    },
    MemoryAlarm: {
      metric: ofNodes('DatabaseMemoryUsagePercentage', 'Maximum'),
      threshold: memory,
      evaluationPeriods: 3,
      alarmDescription: `Cache ${path} is nearly full and will evict keys: look at how long keys live, and at the size of its nodes`,
    },
    FailedLoginAlarm: {
      metric: ofNodes('AuthenticationFailures', 'Sum'),
      threshold: failedLogins,
      evaluationPeriods: 1,
      alarmDescription: `Somebody fails to sign in to cache ${path}: look at who is let in by its security group, and at its engine log`,
    },
  });
}

/** The highest of a metric of all nodes; of the sum, where the metric counts. */
function metricOf(group: elasticache.CfnReplicationGroup, nodes: number) {
  return (metricName: string, statistic: 'Maximum' | 'Sum'): cloudwatch.IMetric => {
    const metrics = Array.from({ length: nodes }, (_, index) => {
      // Nodes are called after their group, with a number.
      const CacheClusterId = `${group.ref}-${String(index + 1).padStart(3, '0')}`;
      return new cloudwatch.Metric({
        namespace: 'AWS/ElastiCache',
        metricName,
        dimensionsMap: { CacheClusterId },
        statistic,
        period: Duration.minutes(5),
      });
    });
    if (metrics.length === 1) return metrics[0];
    const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index + 1}`, metric]));
    const combine = statistic === 'Sum' ? 'SUM' : 'MAX';
    return new cloudwatch.MathExpression({
      expression: `${combine}([${Object.keys(usingMetrics).join(', ')}])`,
      label: metricName,
      usingMetrics,
      period: Duration.minutes(5),
    });
  };
}
