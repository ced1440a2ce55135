import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmOptions } from '../defaults/alarms';
import { DIMENSION, METRICS, NAMESPACE } from './file-integrity-settings';

/** What somebody is told of a fleet: hosts are counted once an hour. */
export function fileIntegrityAlarms(scope: Construct, prefix: string): Record<string, AlarmOptions> {
  const metric = (metricName: string, statistic: string = cloudwatch.Stats.MAXIMUM) =>
    new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { [DIMENSION]: scope.node.path },
      statistic,
      period: Duration.hours(1),
    }).attachTo(scope);
  const reports = `Look at its newest report below '${prefix}reports/' of the bucket`;
  const someHost = (metricName: string, alarmDescription: string): AlarmOptions => ({
    metric: metric(metricName),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    // Between two looks nothing is known, and the alarm stays as it is.
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    alarmDescription: `${alarmDescription} The daily report below '${prefix}reports/' and the table of hosts name the host.`,
  });
  return {
    FilesChanged: someHost(
      METRICS.changed,
      `Files of a host of ${scope.node.path} differ from its baseline, and no maintenance window was open. ${reports}; accept the changes if somebody meant them, or else treat the host as compromised.`,
    ),
    BaselineTampered: someHost(
      METRICS.tampered,
      `A baseline of ${scope.node.path} is gone from the bucket or differs from what it was. Look in CloudTrail for who wrote to the bucket.`,
    ),
    NoBaseline: someHost(
      METRICS.noBaseline,
      `A host of ${scope.node.path} has no baseline, for it is older than its first check. Look at the host, and accept its state.`,
    ),
    StateUnreadable: someHost(
      METRICS.unreadable,
      `A host of ${scope.node.path} sent something that is no state of its files. ${reports}.`,
    ),
    HostLate: someHost(
      METRICS.late,
      `A host of ${scope.node.path} sent no state of its files in time. Look in State Manager at the association, whether the SSM agent runs, and whether the host has the AWS CLI and a role.`,
    ),
    NobodyLooked: {
      metric: metric(METRICS.watched, cloudwatch.Stats.SAMPLE_COUNT),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      alarmDescription: `Nobody looked at the hosts of ${scope.node.path} for three hours. Look at the log of its SweepFunction.`,
    },
  };
}
