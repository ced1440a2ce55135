import { createHash } from 'node:crypto';
import { CloudWatchClient, GetDashboardCommand, GetMetricWidgetImageCommand } from '@aws-sdk/client-cloudwatch';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { VARIABLES } from '../report-variables';
import { type Series, seriesOf } from './series';
import { fileName, pictureOf, type Widget, widgetsOf } from './widgets';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly cloudWatch: CloudWatchClient;
  readonly s3: S3Client;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

type Invocation = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn' | 'awsRequestId'>;

/** A graph in the report. */
interface Entry {
  readonly title: string;
  readonly picture?: { readonly key: string; readonly sha256: string };
  readonly series: readonly Series[];
  readonly problems: readonly string[];
}

const DAY = 86_400_000;
/** Time that is kept to write the report. */
const RESERVE = 30_000;

/** Write what a dashboard shows of the last days to a bucket: every graph as a picture, and its values by day. */
export function makeHandler({ cloudWatch, s3, environment, now }: Surroundings) {
  const put = (Key: string, Body: string | Uint8Array, ContentType: string) =>
    s3.send(new PutObjectCommand({ Bucket: environment[VARIABLES.bucket], Key, Body, ContentType }));

  /** A picture and values; what fails is said in the report, and the other graphs go on. */
  const entryOf = async (widget: Widget, place: number, folder: string, start: Date, end: Date): Promise<Entry> => {
    const problems: string[] = [];
    const attempt = async <Result>(what: string, work: () => Promise<Result>): Promise<Result | undefined> => {
      try {
        return await work();
      } catch (error) {
        const { name, message } = error as Error;
        problems.push(`${what}: ${name}: ${message}`);
        return undefined;
      }
    };
    const picture = await attempt('the picture is missing', async () => {
      const request = new GetMetricWidgetImageCommand({ MetricWidget: pictureOf(widget, start, end), OutputFormat: 'png' });
      const { MetricWidgetImage: image } = await cloudWatch.send(request);
      if (!image || image.length === 0) throw new Error('CloudWatch sent an empty picture');
      const key = folder + fileName(widget.title, place);
      await put(key, image, 'image/png');
      return { key, sha256: createHash('sha256').update(image).digest('hex') };
    });
    const series = (await attempt('values are missing', () => seriesOf(cloudWatch, widget.queries, start, end))) ?? [];
    const partial = series.filter(({ status }) => status !== 'Complete');
    problems.push(...partial.map(({ label, status }) => `values of '${label}' are missing: ${status}`));
    return { title: widget.title, picture, series, problems };
  };

  return async (_event: unknown, context: Invocation): Promise<void> => {
    const DashboardName = environment[VARIABLES.dashboard];
    const started = now();
    const end = new Date(Math.floor(started.getTime() / DAY) * DAY);
    const start = new Date(end.getTime() - Number(environment[VARIABLES.days]) * DAY);
    const [, , , region, account] = context.invokedFunctionArn.split(':');
    const folder = `${environment[VARIABLES.prefix] ?? ''}${account}/${region}/${started.toISOString().slice(0, 10)}/`;

    const { DashboardBody = '' } = await cloudWatch.send(new GetDashboardCommand({ DashboardName }));
    const widgets = widgetsOf(DashboardBody);
    const entries: Entry[] = [];
    for (const [index, widget] of widgets.entries()) {
      if (context.getRemainingTimeInMillis() < RESERVE) break;
      entries.push(await entryOf(widget, index + 1, folder, start, end));
    }
    const problems = entries.flatMap((entry) => entry.problems.map((problem) => `'${entry.title}': ${problem}`));
    if (entries.length < widgets.length) problems.push(`there was no time for ${widgets.length - entries.length} of the graphs`);
    const report = {
      schemaVersion: 1,
      subject: 'availability, latency, errors, capacity, backups and findings',
      dashboard: DashboardName,
      account,
      region,
      period: { from: start.toISOString(), to: end.toISOString() },
      started: started.toISOString(),
      finished: now().toISOString(),
      collector: { function: context.invokedFunctionArn, request: context.awsRequestId },
      query: { api: ['cloudwatch:GetDashboard', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricWidgetImage'] },
      graphs: widgets.length,
      complete: problems.length === 0,
      problems,
      entries,
    };
    await put(`${folder}operations.json`, JSON.stringify(report), 'application/json');
    if (problems.length > 0) throw new Error(`The report on operations is not complete: ${problems.join('; ').slice(0, 1_000)}`);
  };
}

export const handler = makeHandler({
  cloudWatch: new CloudWatchClient(CLIENT_OPTIONS),
  s3: new S3Client(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
});
