import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';

/** A line of a graph: values by day. */
export interface Series {
  readonly id: string;
  label: string;
  /** `Complete`, or why values are missing. */
  status: string;
  readonly values: [string, number][];
}

/** The most queries in a call. */
const MOST_QUERIES = 500;

/** Read the values of lines, page by page. */
export async function seriesOf(
  client: CloudWatchClient,
  queries: readonly MetricDataQuery[],
  StartTime: Date,
  EndTime: Date,
): Promise<Series[]> {
  if (queries.length === 0) return [];
  if (queries.length > MOST_QUERIES) throw new Error(`a graph of ${queries.length} lines is more than CloudWatch reads at once`);
  const all = new Map<string, Series>();
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new GetMetricDataCommand({ MetricDataQueries: [...queries], StartTime, EndTime, ScanBy: 'TimestampAscending', NextToken }),
    );
    for (const { Id = '', Label = '', StatusCode = '', Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const series = all.get(Id) ?? { id: Id, label: Label, status: '', values: [] };
      series.label = Label;
      series.status = StatusCode;
      series.values.push(...Timestamps.map((time, index): [string, number] => [time.toISOString(), Values[index]]));
      all.set(Id, series);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return [...all.values()];
}
