import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';

/** A graph of a dashboard. */
export interface Widget {
  readonly title: string;
  /** What it is drawn from, in the words of a dashboard. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly queries: readonly MetricDataQuery[];
}

type Json = Readonly<Record<string, unknown>>;

const DAY = 86_400;

/** The graphs of a dashboard, in their order. */
export function widgetsOf(body: string): Widget[] {
  const { widgets } = JSON.parse(body) as { readonly widgets?: readonly Json[] };
  if (!Array.isArray(widgets)) throw new Error("The dashboard has no list of 'widgets'");
  return widgets
    .filter(({ type }) => type === 'metric')
    .map(({ properties }) => {
      const all = (properties ?? {}) as Json;
      return { title: String(all.title ?? ''), properties: all, queries: queriesOf(all) };
    });
}

/** The lines of a graph, as queries of a value a day. */
export function queriesOf({ metrics, stat = 'Average' }: Json): MetricDataQuery[] {
  const rows = Array.isArray(metrics) ? (metrics as readonly unknown[][]) : [];
  let previous: readonly unknown[] = [];
  return rows.map((row, index) => {
    const last = row[row.length - 1];
    const options: Json = typeof last === 'object' && last !== null ? (last as Json) : {};
    const names = spelledOut(
      row.filter((each) => typeof each !== 'object'),
      previous,
    );
    if (names.length > 0) previous = names;
    const Id = String(options.id ?? `line${index}`);
    const common = {
      Id,
      ReturnData: options.visible !== false,
      ...(options.label === undefined ? {} : { Label: String(options.label) }),
      ...(options.accountId === undefined ? {} : { AccountId: String(options.accountId) }),
    };
    if (options.expression !== undefined) return { ...common, Expression: String(options.expression), Period: DAY };
    const [Namespace, MetricName, ...dimensions] = names.map(String);
    return {
      ...common,
      MetricStat: {
        Metric: { Namespace, MetricName, Dimensions: pairs(dimensions) },
        Period: DAY,
        Stat: String(options.stat ?? stat),
      },
    };
  });
}

/** A dot stands for what the line before has in its place, and three dots for everything up to what follows. */
function spelledOut(row: readonly unknown[], previous: readonly unknown[]): unknown[] {
  if (row[0] === '...') return [...previous.slice(0, previous.length - row.length + 1), ...row.slice(1)];
  return row.map((each, place) => (each === '.' ? previous[place] : each));
}

function pairs(names: readonly string[]) {
  return Array.from({ length: Math.floor(names.length / 2) }, (_, index) => ({
    Name: names[2 * index],
    Value: names[2 * index + 1],
  }));
}

/** Properties of a graph that its picture is drawn from. */
const DRAWN = ['annotations', 'legend', 'metrics', 'period', 'stacked', 'stat', 'timezone', 'title', 'view', 'yAxis'];

/**
 * The description of a picture of a graph.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html
 */
export function pictureOf({ properties }: Widget, start: Date, end: Date): string {
  const drawn = Object.entries(properties).filter(([name]) => DRAWN.includes(name));
  return JSON.stringify({
    ...Object.fromEntries(drawn),
    start: start.toISOString(),
    end: end.toISOString(),
    width: 900,
    height: 400,
  });
}

/** The name of a file for a graph; titles are what somebody wrote. */
export function fileName(title: string, place: number): string {
  const words = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${String(place).padStart(3, '0')}-${words.replace(/^-+|-+$/g, '').slice(0, 60) || 'graph'}.png`;
}
