import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BundledFunction } from '../functions/bundled-function';
import { mayPut } from '../functions/may-put';
import { VARIABLES } from './report-variables';

interface OperationsReportProps {
  readonly dashboardName: string;
  readonly bucket: s3.IBucket;
  readonly prefix: string;
  /** What a report is about, up to now. */
  readonly period: Duration;
  readonly schedule: events.Schedule;
  readonly alarmTopic?: sns.ITopic;
}

/** The longest that CloudWatch keeps metrics. */
const MOST_DAYS = 455;

/** Writes a report of a dashboard from time to time. */
export class OperationsReport extends Construct {
  constructor(scope: Construct, id: string, props: OperationsReportProps) {
    super(scope, id);
    const { dashboardName, bucket, prefix, period, schedule, alarmTopic } = props;
    const days = period.toDays({ integral: false });
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
      throw new Error(`'reportPeriod' must be whole days from 1 to ${MOST_DAYS}, got ${days}`);
    const dashboard = Stack.of(this).formatArn({
      service: 'cloudwatch',
      region: '',
      resource: 'dashboard',
      resourceName: dashboardName,
    });
    const handler = new BundledFunction(this, 'ReportFunction', {
      handler: 'operations-report',
      description: 'write a report of the dashboard of operations',
      statements: [
        new iam.PolicyStatement({ actions: ['cloudwatch:GetDashboard'], resources: [dashboard] }),
        // Neither has resources.
        new iam.PolicyStatement({ actions: ['cloudwatch:GetMetricData', 'cloudwatch:GetMetricWidgetImage'], resources: ['*'] }),
        ...mayPut(bucket, prefix),
      ],
      environment: {
        [VARIABLES.dashboard]: dashboardName,
        [VARIABLES.days]: String(days),
        [VARIABLES.bucket]: bucket.bucketName,
        [VARIABLES.prefix]: prefix,
      },
      timeout: Duration.minutes(15),
      memorySize: 512,
      deadLetters: true,
      alarmTopic,
    });
    new events.Rule(this, 'Schedule', {
      description: 'Write a report of the dashboard of operations',
      schedule,
      targets: [new targets.LambdaFunction(handler, { deadLetterQueue: handler.deadLetterQueue })],
    });
  }
}
