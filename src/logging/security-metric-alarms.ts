import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { ALL_ALARMS } from './all-alarms';
import type { AuditTrail } from './audit-trail';
import type { MetricAlarm } from './metric-alarm';

/** Options of `SecurityMetricAlarms`. */
export interface SecurityMetricAlarmsProps {
  /**
   * The trail whose log group is looked at.
   *
   * @default - `logGroup` says where a trail writes to
   */
  readonly trail?: AuditTrail;

  /**
   * The log group that a trail writes to.
   *
   * @default - the one of `trail`
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * Where alarms are sent.
   *
   * @default - where the environment sends them: `Soc2Environment.of(this).alarmTopic`
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * How many events within five minutes are enough for an alarm, by its name: `{ 'access-denied': 50 }`. From 1 up.
   *
   * @default - 20 denied calls, 5 failed sign-ins, 1,000 deleted objects; one event for every other alarm
   */
  readonly thresholds?: Record<string, number>;

  /**
   * Alarms that are not made, by their names.
   *
   * @default - all are made
   */
  readonly without?: string[];
}

/** Events within so many minutes are counted together. */
const PERIOD_MINUTES = 5;

/** The namespace that AWS documents for the metrics of the benchmark. */
const NAMESPACE = 'LogMetrics';

/**
 * Alarms on what a trail records: those of the CIS AWS Foundations Benchmark, in the words that Security Hub CSPM looks for, and
 * those on deleted data and backups, failed sign-ins, secrets, sharing and exports, and logging, detection or alerting that stops.
 *
 * They say what happened and what to look at. A deployment that changes networks or permissions sets some of them off: alarms on
 * changes are there so that somebody can tell a deployment from an intruder.
 *
 * Names, in the order of the benchmark: `root-used`, `access-denied`, `console-sign-in-without-mfa`, `permissions-changed`,
 * `trail-changed`, `console-sign-in-failed`, `key-disabled`, `bucket-policy-changed`, `configuration-recorder-changed`,
 * `security-group-changed`, `network-acl-changed`, `gateway-changed`, `route-changed`, `vpc-changed`; and `organization-changed`,
 * `identity-center-sign-in-failed`, `credentials-changed`, `secret-read-by-person`, `secret-denied`, `database-deleted`,
 * `storage-deleted`, `backup-deleted`, `objects-deleted-in-bulk`, `secret-deleted`, `snapshot-shared`, `data-exported`,
 * `resource-shared`, `public-access-allowed`, `logging-disabled`, `detection-disabled`, `alerting-changed`.
 *
 * `objects-deleted-in-bulk` needs a trail with data events.
 *
 * What it creates: a metric filter and an alarm for each name.
 * What it costs in kind: each alarm and each metric by month.
 *
 * @example
 * const trail = new AuditTrail(this, 'AuditTrail');
 * const alarmTopic = new SecureTopic(this, 'Alerts');
 * new SecurityMetricAlarms(this, 'SecurityMetricAlarms', { trail, alarmTopic, thresholds: { 'access-denied': 50 } });
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export class SecurityMetricAlarms extends Construct {
  /** The alarms. */
  public readonly alarms: cloudwatch.Alarm[];

  /**
   * @param scope where the alarms are made.
   * @param id its id in there.
   * @param props options.
   * @throws when there is no log group or nowhere to send alarms to, or an option names no alarm.
   */
  constructor(scope: Construct, id: string, props: SecurityMetricAlarmsProps) {
    super(scope, id);
    const { thresholds = {}, without = [] } = props;
    checkNames('thresholds', Object.keys(thresholds));
    checkNames('without', without);
    checkThresholds(thresholds);
    const logGroup = logGroupOf(props);

    this.alarms = ALL_ALARMS.filter((each) => !without.includes(each.id)).flatMap((each) =>
      addAlarms(this, props.alarmTopic, {
        [`${each.id}-alarm`]: {
          metric: this.addFilter(each, logGroup),
          threshold: thresholds[each.id] ?? each.threshold,
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          evaluationPeriods: 1,
          alarmDescription: describe(each),
        },
      }),
    );
    if (this.alarms.length === 0) {
      throw new Error(
        `'alarmTopic' of '${this.node.path}' must be set, got none: nobody would learn of anything. Set it, or say where the ` +
          "environment sends alarms with 'Soc2Environment.of(scope).sendAlarmsTo(topic)' before",
      );
    }
  }

  private addFilter({ id, pattern }: MetricAlarm, logGroup: logs.ILogGroup): cloudwatch.Metric {
    const filter = new logs.MetricFilter(this, id, {
      logGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: NAMESPACE,
      metricName: id,
      metricValue: '1',
      defaultValue: 0,
    });
    return filter.metric({ statistic: cloudwatch.Stats.SUM, period: Duration.minutes(PERIOD_MINUTES) });
  }
}

function describe({ happened, lookAt, criteria, securityHub }: MetricAlarm): string {
  const asked = securityHub ? `; asked for by Security Hub ${securityHub}` : '';
  return `${happened}. ${lookAt}. The records are in the log group of the trail. Supports ${criteria.join(', ')}${asked}.`;
}

function logGroupOf({ trail, logGroup }: SecurityMetricAlarmsProps): logs.ILogGroup {
  const found = logGroup ?? trail?.logGroup;
  if (found) return found;
  throw new Error(
    "'trail' must be one that writes to a log group, got " +
      `${trail ? 'one that is not known to write to any' : 'none'}: set 'logGroup', or 'existingLogGroup' of the trail`,
  );
}

function checkNames(option: string, names: readonly string[]): void {
  const known = ALL_ALARMS.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Error(`'${option}' must name alarms, got '${unknown}': ${known.join(', ')}`);
}

function checkThresholds(thresholds: Readonly<Record<string, number>>): void {
  const wrong = Object.entries(thresholds).find(([, value]) => !(value >= 1));
  if (wrong === undefined) return;
  throw new Error(`'thresholds' must be from 1 up, got ${wrong[1]} for '${wrong[0]}': leave an alarm out with 'without'`);
}
