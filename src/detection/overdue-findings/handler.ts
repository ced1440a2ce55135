import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { metricLines, writeLine } from '../../functions/emit-metrics';
import { statesOf } from '../enable-inspector/inspector';
import { FindingSeverity } from '../finding-severity';
import { METRICS, NAMESPACE, VARIABLES } from '../vulnerability-metrics';
import { listFindings, QUERY } from './list-findings';
import { type Deadlines, Tally } from './tally';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly inspector: Inspector2Client;
  readonly s3: S3Client;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** Time that is kept to publish what was found. */
const RESERVE = 30_000;

type Invocation = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn' | 'awsRequestId'>;

/** Look at every open finding once a day, publish how many there are and how old, and fail when that could not be done. */
export function makeHandler({ inspector, s3, environment, now, write }: Surroundings) {
  return async (_event: unknown, context: Invocation): Promise<void> => {
    const started = now();
    const tally = new Tally(JSON.parse(environment[VARIABLES.deadlines] ?? '') as Deadlines, started.getTime());
    const wanted = (environment[VARIABLES.scans] ?? '').split(',').filter((scan) => scan !== '');
    const states: Readonly<Record<string, string | undefined>> = await statesOf(inspector);
    const scansOff = wanted.filter((scan) => states[scan] !== 'ENABLED');
    const hasTime = () => context.getRemainingTimeInMillis() > RESERVE;
    const reading = await listFindings(inspector, (finding) => tally.add(finding), hasTime);

    for (const severity of Object.values(FindingSeverity)) {
      const values = [
        { name: METRICS.open, value: tally.open[severity] },
        { name: METRICS.overdue, value: tally.overdueOf(severity) },
        { name: METRICS.oldest, value: tally.oldest[severity], unit: 'None' as const },
      ];
      for (const line of metricLines(NAMESPACE, { Severity: severity }, values, started.getTime())) write(line);
    }
    for (const line of metricLines(NAMESPACE, {}, [{ name: METRICS.scansOff, value: scansOff.length }], started.getTime()))
      write(line);

    const Bucket = environment[VARIABLES.bucket];
    if (Bucket !== undefined) {
      const [, , , region, account] = context.invokedFunctionArn.split(':');
      const day = started.toISOString().slice(0, 10);
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: `${environment[VARIABLES.prefix] ?? ''}${account}/${region}/${day}/vulnerabilities.json`,
          ContentType: 'application/json',
          Body: JSON.stringify(report({ account, region, started, finished: now(), tally, reading, wanted, scansOff, context })),
        }),
      );
    }
    if (reading.problem !== undefined) {
      throw new Error(`Not every open finding of Inspector was counted: ${reading.problem}. ${tally.findings} were.`);
    }
  };
}

/** What an auditor reads: what was asked, how much came back, whether it is all, and which findings are overdue. */
function report({ account, region, started, finished, tally, reading, wanted, scansOff, context }: Facts) {
  return {
    schemaVersion: 1,
    subject: 'open findings of Amazon Inspector',
    account,
    region,
    started: started.toISOString(),
    finished: finished.toISOString(),
    collector: { function: context.invokedFunctionArn, request: context.awsRequestId },
    query: { api: 'inspector2:ListFindings', parameters: QUERY },
    pages: reading.pages,
    findings: tally.findings,
    complete: reading.problem === undefined,
    problem: reading.problem,
    scans: { wanted, off: scansOff },
    open: tally.open,
    oldestDays: tally.oldest,
    undated: tally.undated,
    overdue: tally.overdue,
  };
}

interface Facts {
  readonly account: string;
  readonly region: string;
  readonly started: Date;
  readonly finished: Date;
  readonly tally: Tally;
  readonly reading: Awaited<ReturnType<typeof listFindings>>;
  readonly wanted: readonly string[];
  readonly scansOff: readonly string[];
  readonly context: Invocation;
}

export const handler = makeHandler({
  inspector: new Inspector2Client(CLIENT_OPTIONS),
  s3: new S3Client(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
