import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { FindingSeverity } from '../../detection/finding-severity';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { type MetricValue, metricLines, sureOf, writeLine } from '../../functions/emit-metrics';
import { PATCH_METRICS, PATCH_NAMESPACE, PATCH_VARIABLES } from '../patch-settings';
import { recall, remember } from './memory';
import { type Deadlines, type PatchTally, tally } from './patch-tally';
import { QUERIES, type Reading, readPatches } from './read-patches';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly ssm: SSMClient;
  readonly s3: S3Client;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** Time that is kept to publish what was found. */
const RESERVE = 60_000;

type Invocation = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn' | 'awsRequestId'>;

/** Look once a day which patches servers lack, publish how many and since when, and fail when that could not be done. */
export function makeHandler({ ssm, s3, environment, now, write }: Surroundings) {
  return async (_event: unknown, context: Invocation): Promise<void> => {
    const started = now();
    const deadlines = JSON.parse(environment[PATCH_VARIABLES.deadlines] ?? '') as Deadlines;
    const Bucket = environment[PATCH_VARIABLES.bucket] ?? '';
    const [, , , region, account] = context.invokedFunctionArn.split(':');
    const place = `${environment[PATCH_VARIABLES.prefix] ?? ''}${account}/${region}/`;

    const before = await recall(s3, Bucket, `${place}memory.json`);
    const reading = await readPatches(ssm, () => context.getRemainingTimeInMillis() > RESERVE);
    const counted = tally(reading, before, deadlines, started);
    for (const line of linesOf(counted, reading, started)) write(line);

    const report = {
      schemaVersion: 1,
      subject: 'patches that servers lack',
      account,
      region,
      started: started.toISOString(),
      finished: now().toISOString(),
      collector: { function: context.invokedFunctionArn, request: context.awsRequestId },
      queries: {
        'ssm:DescribeInstanceInformation': QUERIES.servers,
        'ssm:ListResourceComplianceSummaries': QUERIES.scans,
        'ssm:ListComplianceItems': QUERIES.patches,
      },
      pages: reading.pages,
      complete: reading.problem === undefined,
      problem: reading.problem,
      deadlineDays: deadlines,
      servers: [...reading.servers.values()].map(({ scanned, ...server }) => ({ ...server, scanned: scanned?.toISOString() })),
      missing: counted.missing,
      oldestDays: counted.oldestDays,
      overdue: counted.overdue,
      unscanned: counted.unscanned,
      unreachable: counted.unreachable,
    };
    const Key = `${place}${started.toISOString().slice(0, 10)}/patches.json`;
    await s3.send(new PutObjectCommand({ Bucket, Key, ContentType: 'application/json', Body: JSON.stringify(report) }));
    await remember(s3, Bucket, `${place}memory.json`, counted.memory);
    if (reading.problem !== undefined)
      throw new Error(`Not every missing patch was counted: ${reading.problem}. ${reading.missing.length} were.`);
  };
}

function linesOf(
  { missing, overdue, oldestDays, unscanned }: PatchTally,
  { servers, problem }: Reading,
  started: Date,
): string[] {
  const time = started.getTime();
  const sure = (values: readonly MetricValue[]) => sureOf(values, problem === undefined);
  const bySeverity = Object.values(FindingSeverity).flatMap((severity) =>
    metricLines(
      PATCH_NAMESPACE,
      { Severity: severity },
      sure([
        { name: PATCH_METRICS.missing, value: missing[severity] },
        { name: PATCH_METRICS.overdue, value: overdue.filter((each) => each.severity === severity).length },
        { name: PATCH_METRICS.oldest, value: oldestDays[severity], unit: 'None' },
      ]),
      time,
    ),
  );
  const ofServers = [
    { name: PATCH_METRICS.servers, value: servers.size },
    { name: PATCH_METRICS.unscanned, value: unscanned.length },
  ];
  return [...bySeverity, ...metricLines(PATCH_NAMESPACE, {}, sure(ofServers), time)];
}

export const handler = makeHandler({
  ssm: new SSMClient(CLIENT_OPTIONS),
  s3: new S3Client(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
