import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Period } from '../collector';

const SIZE = { width: 900, height: 320 };

/** A metric of a widget: its namespace, name and dimensions, and how it is drawn. */
type Drawn = readonly (string | Readonly<Record<string, unknown>>)[];

/**
 * The widget that shows the metrics of an alarm over a period, with its threshold; undefined for an alarm without a metric.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html
 */
export function pictureOf(alarm: MetricAlarm, { from, to }: Period): object | undefined {
  const metrics = metricsOf(alarm);
  if (metrics.length === 0) return undefined;
  const { AlarmName: title, Threshold: value } = alarm;
  const annotations = value === undefined ? {} : { annotations: { horizontal: [{ label: 'Threshold', value }] } };
  return { title, metrics, ...annotations, start: from.toISOString(), end: to.toISOString(), timezone: '+0000', ...SIZE };
}

function metricsOf(alarm: MetricAlarm): Drawn[] {
  if (alarm.Metrics && alarm.Metrics.length > 0) return alarm.Metrics.map(drawn);
  const { Namespace, MetricName, Dimensions = [], Statistic, ExtendedStatistic, Period: period } = alarm;
  if (!Namespace || !MetricName) return [];
  const stat = ExtendedStatistic ?? Statistic;
  return [[Namespace, MetricName, ...Dimensions.flatMap(({ Name, Value }) => [Name!, Value!]), { stat, period }]];
}

function drawn({
  Id: id,
  Expression: expression,
  Label: label,
  MetricStat,
  ReturnData,
  AccountId: accountId,
  Period,
}: MetricDataQuery): Drawn {
  const visible = ReturnData ?? true;
  if (expression !== undefined) return [{ expression, id, label, visible, period: Period }];
  const { Metric: { Namespace = '', MetricName = '', Dimensions = [] } = {}, Stat: stat, Period: period } = MetricStat ?? {};
  return [
    Namespace,
    MetricName,
    ...Dimensions.flatMap(({ Name, Value }) => [Name!, Value!]),
    { id, label, stat, period, visible, accountId },
  ];
}
