import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DeclaredActivities } from '../alerting/declared-activities';
import { type AlarmOptions, addAlarms } from '../defaults/alarms';
import { BundledFunction } from '../functions/bundled-function';
import { mayPut } from '../functions/may-put';
import { FindingSeverity } from './finding-severity';
import type { InspectorScan } from './inspector-scan';
import { METRICS, NAMESPACE, VARIABLES } from './vulnerability-metrics';

interface FindingWatchProps {
  /** Scans that must be on. */
  readonly scans: readonly InspectorScan[];
  readonly deadlines: Readonly<Record<FindingSeverity, number>>;
  /** Vulnerabilities that are accepted for a time. */
  readonly exceptions?: DeclaredActivities;
  /** Whether there are scans by the benchmarks of CIS. */
  readonly hasCisScan: boolean;
  readonly reportBucket?: s3.IBucket;
  readonly reportPrefix: string;
  readonly alarmTopic?: sns.ITopic;
}

/** Looks at the open findings of Inspector once a day: how many, how old, which are overdue, and whether the scans are still on. */
export class FindingWatch extends Construct {
  public readonly handler: BundledFunction;

  constructor(scope: Construct, id: string, props: FindingWatchProps) {
    super(scope, id);
    const { scans, deadlines, exceptions, hasCisScan, reportBucket, reportPrefix, alarmTopic } = props;
    this.handler = new BundledFunction(this, 'WatchFunction', {
      handler: 'overdue-findings',
      description: 'count open findings of Inspector, and those that are overdue',
      statements: [
        // Neither has resources.
        new iam.PolicyStatement({ actions: ['inspector2:BatchGetAccountStatus', 'inspector2:ListFindings'], resources: ['*'] }),
        ...(hasCisScan
          ? [
              // Neither has resources; they read.
              new iam.PolicyStatement({
                actions: ['inspector2:ListCisScanResultsAggregatedByTargetResource', 'inspector2:ListCisScans'],
                resources: ['*'],
              }),
            ]
          : []),
        ...(exceptions ? [exceptions.mayRead()] : []),
        ...(reportBucket ? mayPut(reportBucket, reportPrefix) : []),
      ],
      environment: {
        [VARIABLES.deadlines]: JSON.stringify(deadlines),
        [VARIABLES.scans]: scans.join(','),
        ...(exceptions ? { [VARIABLES.exceptions]: exceptions.path } : {}),
        ...(hasCisScan ? { [VARIABLES.cis]: 'on' } : {}),
        ...(reportBucket ? { [VARIABLES.bucket]: reportBucket.bucketName, [VARIABLES.prefix]: reportPrefix } : {}),
      },
      // An account may have a hundred thousand findings, a hundred of them on a page.
      timeout: Duration.minutes(15),
      memorySize: 512,
      deadLetters: true,
      alarmTopic,
    });
    new events.Rule(this, 'Daily', {
      description: 'Once a day, look at the open findings of Inspector',
      schedule: events.Schedule.cron({ hour: '5', minute: '20' }),
      targets: [new targets.LambdaFunction(this.handler, { deadLetterQueue: this.handler.deadLetterQueue })],
    });
    addAlarms(this, alarmTopic, { ...this.alarms(deadlines), ...(hasCisScan ? this.cisAlarm() : {}) });
  }

  public metric(metricName: string, severity?: FindingSeverity, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: severity ? { Severity: severity } : undefined,
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.days(1),
      ...options,
    }).attachTo(this);
  }

  private cisAlarm(): Record<string, AlarmOptions> {
    return {
      NoCisScan: {
        metric: this.metric(METRICS.cisScans),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        // A week: the first scan may be so far away.
        evaluationPeriods: 7,
        alarmDescription:
          'No scan by the benchmarks of CIS was completed within eight days. Look at the CIS scans in Inspector: whether the tags match ' +
          'instances, and whether their SSM agents run.',
      },
    };
  }

  private alarms(deadlines: FindingWatchProps['deadlines']): Record<string, AlarmOptions> {
    const reached = {
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // Between two looks nothing is known, and the alarm stays as it is.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    };
    const { account, region } = Stack.of(this);
    const overdue = Object.values(FindingSeverity).map((severity) => [
      `Overdue${severity}`,
      {
        ...reached,
        metric: this.metric(METRICS.overdue, severity),
        alarmDescription:
          `Findings of Inspector that are ${severity} have been open for more than ${deadlines[severity]} days in account ${account}, ` +
          `${region}. Look at the active findings in Inspector, oldest first: fix them, or suppress them with a reason.`,
      },
    ]);
    return {
      ...Object.fromEntries(overdue),
      ScansOff: {
        ...reached,
        metric: this.metric(METRICS.scansOff),
        alarmDescription: `Scans of Inspector are off in account ${account}, ${region}, that should be on. Look at CloudTrail for calls of Disable of inspector2.`,
      },
      NotCounted: {
        metric: this.metric(METRICS.scansOff, undefined, { statistic: cloudwatch.Stats.SAMPLE_COUNT }),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
        alarmDescription: `Nobody looked at the findings of Inspector for two days in account ${account}, ${region}. After the first deployment that is so until the first look, at 05:20 UTC. Look at the log of ${this.handler.node.path}.`,
      },
    };
  }
}
