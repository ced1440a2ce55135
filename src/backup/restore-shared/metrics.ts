import { NAMESPACE, PLAN_DIMENSION } from '../restore-messages';

/** A metric and its value. */
export type Metrics = Readonly<Record<string, number | undefined>>;

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/Seconds$/, 'Seconds'],
  [/./, 'Count'],
];

/**
 * Publish metrics by the log, in the embedded metric format: once for the plan, which alarms look at, and once for the resource.
 *
 * It is written past the console, which would wrap it, and CloudWatch would not see it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function publish(
  plan: string,
  metrics: Metrics,
  dimensions: Readonly<Record<string, string>>,
  write = toStandardOutput,
): void {
  const values = Object.entries(metrics).filter((entry): entry is [string, number] => entry[1] !== undefined);
  const Metrics = values.map(([Name]) => ({ Name, Unit: UNITS.find(([pattern]) => pattern.test(Name))![1] }));
  const names = Object.keys(dimensions);
  const Dimensions = [[PLAN_DIMENSION], ...(names.length > 0 ? [[PLAN_DIMENSION, ...names]] : [])];
  write(
    JSON.stringify({
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions, Metrics }] },
      [PLAN_DIMENSION]: plan,
      // CloudWatch takes no empty dimension, and none longer than so.
      ...Object.fromEntries(Object.entries(dimensions).map(([name, value]) => [name, value.slice(0, 255) || 'unnamed'])),
      ...Object.fromEntries(values),
    }),
  );
}

function toStandardOutput(line: string): void {
  process.stdout.write(`${line}\n`);
}
