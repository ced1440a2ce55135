import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmOptions, addAlarms } from '../defaults/alarms';
import { BundledFunction } from '../functions/bundled-function';
import { mayPut } from '../functions/may-put';
import { METRICS, NAMESPACE, VARIABLES } from './antivirus-settings';

/** Options of `AntivirusReport`. */
export interface AntivirusReportProps {
  /**
   * Where reports are written, as `<prefix><account>/<Region>/<day>/antivirus.json` and `.csv`. A key of the bucket must let roles of this
   * account use it.
   */
  readonly bucket: s3.IBucket;

  /**
   * What names of reports begin with. Letters, digits and `!-_.*'()/`.
   *
   * @default antivirus/
   */
  readonly prefix?: string;

  /**
   * How often the disks of each instance are scanned on demand. Whole days from 1 to 90. GuardDuty bills such scans by the amount of data.
   *
   * @default - never: GuardDuty scans the disks of instances on which it finds something
   */
  readonly scanEvery?: Duration;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * Says once a day how servers and containers of the account and Region are protected from malware, as two proofs: that the protection is
 * up to date, and that scans were made.
 *
 * It asks GuardDuty which agents work, in which version, and who updates them; which of its features are on; and which scans there
 * were, with what they found. It compares this with the instances that run, so that one without an agent is seen. Alarms tell of features
 * that are off, agents that do not work, instances without one for a day, instances that were not scanned in time, and when nobody looked.
 *
 * Turn GuardDuty on with `ThreatDetection`, in this account or by the administrator of the organization. Clusters of ECS and EKS are in
 * the report as far as GuardDuty lists them: those that it does not know are missing from it.
 *
 * What it creates: a function with its role and log, a queue, a rule that starts it daily, and alarms where there is somewhere to send
 * them. What it costs in kind: one run a day, six metrics, the alarms; and with `scanEvery` the scans of GuardDuty, by the data on disks.
 *
 * @example
 * declare const evidence: s3.IBucket;
 * new AntivirusReport(this, 'Antivirus', { bucket: evidence, scanEvery: Duration.days(7) });
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-assessing-coverage.html
 */
export class AntivirusReport extends Construct {
  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when `scanEvery` is not whole days from 1 to 90.
   */
  constructor(scope: Construct, id: string, props: AntivirusReportProps) {
    super(scope, id);
    const { bucket, prefix = 'antivirus/', alarmTopic } = props;
    const scanDays = daysOf(props.scanEvery);
    const handler = new BundledFunction(this, 'ReportFunction', {
      handler: 'antivirus-report',
      description: 'say how servers and containers are protected from malware',
      statements: [...this.mayAsk(), ...(scanDays === undefined ? [] : this.mayScan()), ...mayPut(bucket, prefix)],
      environment: {
        [VARIABLES.bucket]: bucket.bucketName,
        [VARIABLES.prefix]: prefix,
        ...(scanDays === undefined ? {} : { [VARIABLES.scanDays]: String(scanDays) }),
      },
      timeout: Duration.minutes(15),
      memorySize: 512,
      deadLetters: true,
      alarmTopic,
    });
    new events.Rule(this, 'Daily', {
      description: 'Say how servers and containers are protected from malware',
      schedule: events.Schedule.cron({ hour: '4', minute: '50' }),
      targets: [new targets.LambdaFunction(handler, { deadLetterQueue: handler.deadLetterQueue })],
    });
    addAlarms(this, alarmTopic, alarmsOf(this, prefix, scanDays));
  }

  private mayAsk(): iam.PolicyStatement[] {
    const detector = Stack.of(this).formatArn({ service: 'guardduty', resource: 'detector', resourceName: '*' });
    return [
      new iam.PolicyStatement({ actions: ['guardduty:GetDetector', 'guardduty:ListCoverage'], resources: [detector] }),
      // None of them has resources; they read.
      new iam.PolicyStatement({
        actions: ['ec2:DescribeInstances', 'guardduty:ListDetectors', 'guardduty:ListMalwareScans'],
        resources: ['*'],
      }),
    ];
  }

  /** GuardDuty looks whether its role is there, which does the scan. */
  private mayScan(): iam.PolicyStatement[] {
    const role = Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName:
        'aws-service-role/malware-protection.guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDutyMalwareProtection',
    });
    return [
      // It has no resources.
      new iam.PolicyStatement({ actions: ['guardduty:StartMalwareScan'], resources: ['*'] }),
      new iam.PolicyStatement({ actions: ['iam:GetRole'], resources: [role] }),
    ];
  }
}

function daysOf(scanEvery?: Duration): number | undefined {
  if (scanEvery === undefined) return undefined;
  const days = scanEvery.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > 90)
    throw new Error(`'scanEvery' must be whole days from 1 to 90, got ${days}: GuardDuty keeps scans for 90 days`);
  return days;
}

function alarmsOf(scope: Construct, prefix: string, scanDays?: number): Record<string, AlarmOptions> {
  const { account, region } = Stack.of(scope);
  const where = `in account ${account}, ${region}. The newest report below '${prefix}' of the bucket names them`;
  const metric = (metricName: string, statistic: string = cloudwatch.Stats.MAXIMUM) =>
    new cloudwatch.Metric({ namespace: NAMESPACE, metricName, statistic, period: Duration.days(1) }).attachTo(scope);
  const some = (metricName: string, alarmDescription: string): AlarmOptions => ({
    metric: metric(metricName),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    // Between two looks nothing is known, and the alarm stays as it is.
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    alarmDescription,
  });
  return {
    FeaturesOff: some(METRICS.featuresOff, `GuardDuty, its malware protection or its runtime monitoring is off ${where}.`),
    Unhealthy: some(
      METRICS.unhealthy,
      `Agents of GuardDuty do not work ${where}, with the issue: look at the runtime coverage in GuardDuty.`,
    ),
    NotCovered: some(
      METRICS.notCovered,
      `Instances that exist for a day have no agent of GuardDuty ${where}: look whether the SSM agent runs on them.`,
    ),
    ...(scanDays === undefined
      ? {}
      : {
          NotScanned: some(
            METRICS.notScanned,
            `The disks of instances were not scanned for malware within ${scanDays} days ${where}, and why GuardDuty refused a scan.`,
          ),
        }),
    NotReported: {
      metric: metric(METRICS.featuresOff, cloudwatch.Stats.SAMPLE_COUNT),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      alarmDescription: `Nobody looked at the antivirus for two days in account ${account}, ${region}. After the first deployment that is so until the first look, at 04:50 UTC. Look at the log of the ReportFunction of ${scope.node.path}.`,
    },
  };
}
