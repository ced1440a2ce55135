import { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SecureQueue } from '../data/secure-queue';
import { addAlarms } from '../defaults/alarms';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { Soc2Environment } from '../environment/soc2-environment';

/** Who is told of jobs that failed. */
export interface BackupAlarmsProps {
  readonly vault: backup.IBackupVault;
  readonly alarmTopic?: sns.ITopic;
  /** Failed jobs within an hour that set off an alarm. */
  readonly threshold: number;
  /** Whether each failed job is also told of by its event. */
  readonly sendsEvents: boolean;
}

/** Jobs of a vault, by the metric that counts those that failed. */
const FAILURES: Readonly<Record<string, string>> = {
  NumberOfBackupJobsFailed: 'Backup jobs failed',
  NumberOfBackupJobsExpired: 'Backup jobs did not start, or not end, in time',
  NumberOfBackupJobsAborted: 'Backup jobs were stopped',
  NumberOfCopyJobsFailed: 'Copies of backups failed',
};

/** Events of jobs that failed: those of restores have their outcome in another field. */
const EVENTS: readonly events.EventPattern[] = [
  {
    source: ['aws.backup'],
    detailType: ['Backup Job State Change', 'Copy Job State Change'],
    detail: { state: ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'] },
  },
  { source: ['aws.backup'], detailType: ['Restore Job State Change'], detail: { status: ['ABORTED', 'FAILED'] } },
];

/** Alarms on jobs of AWS Backup that failed: by metrics of the vault, and by the events of each job. */
export class BackupAlarms extends Construct {
  constructor(scope: Construct, id: string, { vault, alarmTopic, threshold, sendsEvents }: BackupAlarmsProps) {
    super(scope, id);
    const alarms = Object.entries(FAILURES).map(([metricName, what]) => [
      metricName.replace(/^NumberOf/, ''),
      {
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Backup',
          metricName,
          dimensionsMap: { BackupVaultName: vault.backupVaultName },
          statistic: cloudwatch.Stats.SUM,
          period: Duration.hours(1),
        }),
        threshold,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        alarmDescription: `${what}, of the vault of ${scope.node.path}. AWS Backup says why: look at the jobs of the last day.`,
      },
    ]);
    addAlarms(this, alarmTopic, Object.fromEntries(alarms));

    const topic = alarmTopic ?? Soc2Environment.of(this).alarmTopic;
    if (topic === undefined || !sendsEvents) return;
    const deadLetterQueue = partOfSafeguard(new SecureQueue(this, 'DeadLetters', { isDeadLetterQueue: true, alarmTopic }));
    for (const [index, eventPattern] of EVENTS.entries()) {
      new events.Rule(this, ['JobRule', 'RestoreRule'][index], {
        description: `Tell of ${index === 0 ? 'backups and copies' : 'restores'} that failed`,
        eventPattern,
        targets: [new targets.SnsTopic(topic, { deadLetterQueue })],
      });
    }
  }
}
