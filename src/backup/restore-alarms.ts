import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { METRICS, NAMESPACE, PLAN_DIMENSION } from './restore-messages';

/** What is watched. */
export interface RestoreAlarmsProps {
  readonly planName: string;
  readonly rpoSeconds: number;
  readonly rtoSeconds: number;
  readonly overdueHours: number;
  readonly stateMachine: sfn.StateMachine;
  readonly alarmTopic?: sns.ITopic;
}

const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = cloudwatch.ComparisonOperator;

/** Tell when a restore fails, takes too long, is of old data, did not happen, or leaves something behind. */
export function addRestoreAlarms(scope: Construct, props: RestoreAlarmsProps): cloudwatch.Alarm[] {
  const { planName, rpoSeconds, rtoSeconds, overdueHours, stateMachine, alarmTopic } = props;
  const metric = (metricName: string, statistic: string, period = Duration.minutes(5)) =>
    new cloudwatch.Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { [PLAN_DIMENSION]: planName }, statistic, period });
  const once = { evaluationPeriods: 1 };
  return addAlarms(scope, alarmTopic, {
    RestoreTestFailed: {
      ...once,
      metric: metric(METRICS.validationSucceeded, cloudwatch.Stats.MINIMUM),
      threshold: 1,
      comparisonOperator: LESS_THAN_THRESHOLD,
      alarmDescription: `A restore test of the plan ${planName} failed: its ticket has the checks, what was expected, and what was observed.`,
    },
    RestoreTooSlow: {
      ...once,
      metric: metric(METRICS.usableSeconds, cloudwatch.Stats.MAXIMUM),
      threshold: rtoSeconds,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      alarmDescription: `A restore of the plan ${planName} took longer than the RTO until it was checked. Its ticket has the times.`,
    },
    RecoveryPointTooOld: {
      ...once,
      metric: metric(METRICS.recoveryPointAgeSeconds, cloudwatch.Stats.MAXIMUM),
      threshold: rpoSeconds,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      alarmDescription: `The newest recovery point that the plan ${planName} found is older than the RPO. Look whether backups run.`,
    },
    RestoreTestMissing: {
      ...once,
      metric: metric(METRICS.hoursSinceLastSuccess, cloudwatch.Stats.MAXIMUM, Duration.days(1)),
      threshold: overdueHours,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      // The comparison itself may have stopped.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      alarmDescription:
        `A resource of the plan ${planName} was not restored and checked for more than ${overdueHours} hours, or nobody looked. ` +
        'AWS Backup skips resources without a recovery point in silence; the log of the function AbsenceFunction names them.',
    },
    RestoreLeftBehind: {
      ...once,
      metric: metric(METRICS.cleanUpSucceeded, cloudwatch.Stats.MINIMUM),
      threshold: 1,
      comparisonOperator: LESS_THAN_THRESHOLD,
      alarmDescription: `AWS Backup could not delete what a test of the plan ${planName} restored. Delete it by hand; its ticket names it.`,
    },
    RestoreWorkflowFailed: {
      ...once,
      metric: stateMachine.metricFailed({ period: Duration.minutes(5) }),
      threshold: 1,
      comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      alarmDescription: `A restore test of the plan ${planName} did not come to its end. Look at the execution, and at its rescue.`,
    },
  });
}
