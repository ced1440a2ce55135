/** One value of a metric, beside the values of its dimensions. */
export interface MetricValue {
  readonly name: string;
  readonly value: number;
  readonly unit?: 'Count' | 'None';
}

/** The most values in one line. */
const MOST_VALUES = 100;

/**
 * The lines that CloudWatch makes metrics of, in its embedded metric format.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLines(
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  values: readonly MetricValue[],
  timestamp: number,
): string[] {
  const lines: string[] = [];
  for (let start = 0; start < values.length; start += MOST_VALUES) {
    const some = values.slice(start, start + MOST_VALUES);
    lines.push(
      JSON.stringify({
        _aws: {
          Timestamp: timestamp,
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: [Object.keys(dimensions)],
              Metrics: some.map(({ name, unit = 'Count' }) => ({ Name: name, Unit: unit })),
            },
          ],
        },
        ...dimensions,
        ...Object.fromEntries(some.map(({ name, value }) => [name, value])),
      }),
    );
  }
  return lines;
}

/**
 * What a look may say: one that did not see everything knows of what there is, and not that there is nothing. A zero would end an alarm.
 */
export function sureOf(values: readonly MetricValue[], isWhole: boolean): readonly MetricValue[] {
  return values.filter(({ value }) => isWhole || value > 0);
}

/** Write a line as it is: `console` of Lambda would wrap it into a message, in which CloudWatch finds no metric. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
