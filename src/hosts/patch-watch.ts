import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmOptions, addAlarms } from '../defaults/alarms';
import { FindingSeverity } from '../detection/finding-severity';
import { BundledFunction } from '../functions/bundled-function';
import { mayPut } from '../functions/may-put';
import { PATCH_METRICS, PATCH_NAMESPACE, PATCH_VARIABLES } from './patch-settings';

interface PatchWatchProps {
  readonly deadlines: Readonly<Record<FindingSeverity, number>>;
  readonly bucket: s3.IBucket;
  readonly prefix: string;
  readonly alarmTopic?: sns.ITopic;
}

/**
 * Looks once a day at the patches that servers lack: how many, since when, and which are overdue.
 *
 * Systems Manager does not tell since when a patch is missing. The function remembers in the bucket when it saw it first.
 */
export class PatchWatch extends Construct {
  constructor(scope: Construct, id: string, props: PatchWatchProps) {
    super(scope, id);
    const { deadlines, bucket, prefix, alarmTopic } = props;
    const watch = new BundledFunction(this, 'WatchFunction', {
      handler: 'overdue-patches',
      description: 'count the patches that servers lack, and those that are overdue',
      statements: [
        // None has resources that could be named beforehand: they read.
        new iam.PolicyStatement({
          actions: ['ssm:DescribeInstanceInformation', 'ssm:ListComplianceItems', 'ssm:ListResourceComplianceSummaries'],
          resources: ['*'],
        }),
        ...mayPut(bucket, prefix),
        new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${prefix}*`)] }),
        // Without it, S3 does not say that there is no object yet.
        new iam.PolicyStatement({
          actions: ['s3:ListBucket'],
          resources: [bucket.bucketArn],
          conditions: { StringLike: { 's3:prefix': `${prefix}*` } },
        }),
      ],
      environment: {
        [PATCH_VARIABLES.deadlines]: JSON.stringify(deadlines),
        [PATCH_VARIABLES.bucket]: bucket.bucketName,
        [PATCH_VARIABLES.prefix]: prefix,
      },
      // Ten thousand servers may each lack twenty patches.
      timeout: Duration.minutes(15),
      memorySize: 1024,
      deadLetters: true,
      alarmTopic,
    });
    new events.Rule(this, 'Daily', {
      description: 'Once a day, look at the patches that servers lack',
      schedule: events.Schedule.cron({ hour: '8', minute: '10' }),
      targets: [new targets.LambdaFunction(watch, { deadLetterQueue: watch.deadLetterQueue })],
    });
    addAlarms(this, alarmTopic, this.alarms(deadlines, watch.node.path));
  }

  public metric(metricName: string, severity?: FindingSeverity, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: PATCH_NAMESPACE,
      metricName,
      dimensionsMap: severity ? { Severity: severity } : undefined,
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.days(1),
      ...options,
    }).attachTo(this);
  }

  private alarms(deadlines: PatchWatchProps['deadlines'], log: string): Record<string, AlarmOptions> {
    const { account, region } = Stack.of(this);
    const reached = {
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // Between two looks nothing is known, and the alarm stays as it is.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    };
    const overdue = Object.values(FindingSeverity).map((severity) => [
      `Overdue${severity}`,
      {
        ...reached,
        metric: this.metric(PATCH_METRICS.overdue, severity),
        alarmDescription:
          `Servers in account ${account}, ${region}, have lacked patches that are ${severity} for more than ${deadlines[severity]} days. ` +
          'The latest patches.json in the evidence bucket names them: look why the maintenance window did not install them. Servers of an ' +
          'Auto Scaling group get them with a newer image, by a deployment.',
      },
    ]);
    return {
      ...Object.fromEntries(overdue),
      Unscanned: {
        ...reached,
        metric: this.metric(PATCH_METRICS.unscanned),
        alarmDescription:
          `Servers in account ${account}, ${region}, are managed by Systems Manager, and nobody looked for two days which patches they lack. ` +
          'Look at the association that scans them: why does it fail there?',
      },
      NotCounted: {
        metric: this.metric(PATCH_METRICS.servers, undefined, { statistic: cloudwatch.Stats.SAMPLE_COUNT }),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
        alarmDescription: `Nobody looked at the patches of servers for two days in account ${account}, ${region}. After the first deployment that is so until the first look, at 08:10 UTC. Look at the log of ${log}.`,
      },
    };
  }
}
