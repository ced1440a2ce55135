import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { metricLines, sureOf, writeLine } from '../../functions/emit-metrics';
import { statesOf } from '../enable-inspector/inspector';
import { FindingSeverity } from '../finding-severity';
import { METRICS, NAMESPACE, VARIABLES } from '../vulnerability-metrics';
import { type CisResults, cisResults } from './cis-results';
import { type Exception, Exceptions, readExceptions } from './exceptions';
import { listFindings, QUERY } from './list-findings';
import { type Deadlines, Tally } from './tally';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly inspector: Inspector2Client;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** Time that is kept to publish what was found. */
const RESERVE = 30_000;

type Invocation = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn' | 'awsRequestId'>;

/** Look at every open finding once a day, publish how many there are and how old, and fail when that could not be done. */
export function makeHandler({ inspector, s3, ssm, environment, now, write }: Surroundings) {
  return async (_event: unknown, context: Invocation): Promise<void> => {
    const started = now();
    const problems: string[] = [];
    const attempt = async <Found>(what: string, find: () => Promise<Found>): Promise<Found | undefined> => {
      try {
        return await find();
      } catch (error) {
        const { name, message } = error as Error;
        problems.push(`${what} could not be read: ${name}: ${message}`);
        return undefined;
      }
    };
    const path = environment[VARIABLES.exceptions];
    // Without them every finding counts: nothing is taken for accepted that may not be.
    const declared = path === undefined ? [] : await attempt('exceptions', () => readExceptions(ssm, path));
    const exceptions = new Exceptions(declared ?? ([] as Exception[]), started.toISOString().slice(0, 10));
    const tally = new Tally(JSON.parse(environment[VARIABLES.deadlines] ?? '') as Deadlines, started.getTime(), exceptions);
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
        ...(path === undefined ? [] : [{ name: METRICS.excepted, value: tally.excepted[severity] }]),
      ];
      const sure = sureOf(values, reading.problem === undefined);
      for (const line of metricLines(NAMESPACE, { Severity: severity }, sure, started.getTime())) write(line);
    }
    const cis = environment[VARIABLES.cis]
      ? await attempt('results of scans by the benchmarks of CIS', () => cisResults(inspector, started, hasTime))
      : undefined;
    if (cis?.newest?.problem !== undefined)
      problems.push(
        `the list of instances of the scan ${cis.newest.arn} ends after ${cis.newest.instances.length}: ${cis.newest.problem}`,
      );
    const values = [
      { name: METRICS.scansOff, value: scansOff.length },
      ...(cis
        ? [
            { name: METRICS.cisScans, value: cis.completed },
            // Without a scan nobody knows.
            ...(cis.newest ? [{ name: METRICS.cisFailed, value: cis.newest.failedChecks }] : []),
          ]
        : []),
    ];
    for (const line of metricLines(NAMESPACE, {}, values, started.getTime())) write(line);
    if (reading.problem !== undefined) problems.push(reading.problem);

    const Bucket = environment[VARIABLES.bucket];
    if (Bucket !== undefined) {
      const [, , , region, account] = context.invokedFunctionArn.split(':');
      const day = started.toISOString().slice(0, 10);
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: `${environment[VARIABLES.prefix] ?? ''}${account}/${region}/${day}/vulnerabilities.json`,
          ContentType: 'application/json',
          Body: JSON.stringify(
            report({
              account,
              region,
              started,
              finished: now(),
              tally,
              exceptions,
              cis,
              reading,
              problems,
              wanted,
              scansOff,
              context,
            }),
          ),
        }),
      );
    }
    if (reading.problem !== undefined)
      throw new Error(`Not every open finding of Inspector was counted: ${reading.problem}. ${tally.findings} were.`);
    if (problems.length > 0) throw new Error(`The report on vulnerabilities is not whole: ${problems.join('; ')}`);
  };
}

/** What an auditor reads: what was asked, how much came back, whether it is all, and which findings are overdue. */
function report({
  account,
  region,
  started,
  finished,
  tally,
  exceptions,
  cis,
  reading,
  problems,
  wanted,
  scansOff,
  context,
}: Facts) {
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
    complete: problems.length === 0,
    problem: problems.length === 0 ? undefined : problems.join('; '),
    scans: { wanted, off: scansOff },
    open: tally.open,
    oldestDays: tally.oldest,
    undated: tally.undated,
    overdue: tally.overdue,
    excepted: { findings: tally.excepted, overdue: tally.exceptedOverdue },
    exceptions: exceptions.listed,
    cis,
  };
}

interface Facts {
  readonly account: string;
  readonly region: string;
  readonly started: Date;
  readonly finished: Date;
  readonly tally: Tally;
  readonly exceptions: Exceptions;
  readonly cis?: CisResults;
  readonly problems: readonly string[];
  readonly reading: Awaited<ReturnType<typeof listFindings>>;
  readonly wanted: readonly string[];
  readonly scansOff: readonly string[];
  readonly context: Invocation;
}

export const handler = makeHandler({
  inspector: new Inspector2Client(CLIENT_OPTIONS),
  s3: new S3Client(CLIENT_OPTIONS),
  ssm: new SSMClient(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
