import { EC2Client } from '@aws-sdk/client-ec2';
import { GuardDutyClient, StartMalwareScanCommand } from '@aws-sdk/client-guardduty';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { stringify } from 'csv-stringify/sync';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { metricLines, sureOf, writeLine } from '../../functions/emit-metrics';
import { METRICS, NAMESPACE, VARIABLES } from '../antivirus-settings';
import { coverageOf, detectorOf, instancesOf, type Listed, scansOf } from './ask';
import { notCoveredAt, notScannedSince, type Protection, protections } from './findings';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly guardDuty: GuardDutyClient;
  readonly ec2: EC2Client;
  readonly s3: S3Client;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

type Invocation = Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn' | 'awsRequestId'>;

/** Time that is kept to publish what was found. */
const RESERVE = 60_000;

const COLUMNS: readonly (keyof Protection)[] = [
  'resource',
  'type',
  'agent',
  'agentVersion',
  'agentUpdates',
  'agentSeen',
  'nodes',
  'issue',
  'since',
  'started',
  'lastScan',
  'lastScanResult',
];

/** Say once a day how servers and containers are protected from malware: that agents are up to date, and that scans were made. */
export function makeHandler({ guardDuty, ec2, s3, environment, now, write }: Surroundings) {
  return async (_event: unknown, context: Invocation): Promise<void> => {
    const started = now();
    const hasTime = () => context.getRemainingTimeInMillis() > RESERVE;
    const detector = await detectorOf(guardDuty);
    const coverage: Awaited<ReturnType<typeof coverageOf>> =
      detector.id === undefined ? { items: [] } : await coverageOf(guardDuty, detector.id, hasTime);
    const scans = await scansOf(guardDuty, hasTime);
    const instances = await instancesOf(ec2, hasTime);
    const all = protections(coverage.items, instances.items, scans.items);

    const scanDays = environment[VARIABLES.scanDays];
    const [, , , region, account] = context.invokedFunctionArn.split(':');
    const due = scanDays === undefined ? [] : notScannedSince(all, daysBefore(started, Number(scanDays)));
    const asked = await startScans(guardDuty, due, context, hasTime);
    const problems = problemsOf({ coverage, scans, instances });

    const unhealthy = all.filter(({ agent }) => agent !== 'HEALTHY' && agent !== 'NONE');
    const notCovered = notCoveredAt(all, started);
    const featuresOff = { name: METRICS.featuresOff, value: detector.off.length };
    const counts = [
      { name: METRICS.covered, value: all.filter(({ agent }) => agent === 'HEALTHY').length },
      { name: METRICS.unhealthy, value: unhealthy.length },
      { name: METRICS.notCovered, value: notCovered.length },
      // What was due for a day and more: the scans of today take hours.
      ...(scanDays === undefined
        ? []
        : [{ name: METRICS.notScanned, value: notScannedSince(all, daysBefore(started, Number(scanDays) + 1)).length }]),
      { name: METRICS.threats, value: all.filter(({ lastScanResult }) => lastScanResult === 'THREATS_FOUND').length },
    ];
    const sure = [featuresOff, ...sureOf(counts, problems.length === 0)];
    for (const line of metricLines(NAMESPACE, {}, sure, started.getTime())) write(line);

    const report = {
      schemaVersion: 1,
      subject: 'protection of servers and containers from malware',
      account,
      region,
      started: started.toISOString(),
      finished: now().toISOString(),
      collector: { function: context.invokedFunctionArn, request: context.awsRequestId },
      query: { apis: ['guardduty:GetDetector', 'guardduty:ListCoverage', 'guardduty:ListMalwareScans', 'ec2:DescribeInstances'] },
      complete: problems.length === 0,
      problems,
      counts: Object.fromEntries([featuresOff, ...counts].map(({ name, value }) => [name, value])),
      updates: {
        detector: detector.id,
        features: detector.features,
        off: detector.off,
        agents: countBy(all, ({ agentUpdates, agentVersion }) => `${agentUpdates ?? 'unknown'} ${agentVersion ?? ''}`.trim()),
        signatures: 'kept by AWS: there are none to update',
      },
      scanning: { everyDays: scanDays === undefined ? undefined : Number(scanDays), asked, scans: scans.items },
      resources: all,
    };
    const put = (ending: string, ContentType: string, Body: string) =>
      s3.send(
        new PutObjectCommand({
          Bucket: environment[VARIABLES.bucket],
          Key: `${environment[VARIABLES.prefix]}${account}/${region}/${started.toISOString().slice(0, 10)}/antivirus.${ending}`,
          ContentType,
          Body,
        }),
      );
    await put('json', 'application/json', JSON.stringify(report, undefined, 2));
    // Issues and names come from what is protected: a spreadsheet must not take them for formulas.
    await put(
      'csv',
      'text/csv; charset=utf-8',
      stringify(all as Protection[], { header: true, columns: [...COLUMNS], escape_formulas: true }),
    );
    if (problems.length > 0) throw new Error(`The report on antivirus is not whole: ${problems.join('; ')}`);
  };
}

/** Ask for scans of instances that are due; what GuardDuty refuses is said in the report. */
async function startScans(
  client: GuardDutyClient,
  due: readonly Protection[],
  { invokedFunctionArn }: Invocation,
  hasTime: () => boolean,
): Promise<readonly { readonly resource: string; readonly scan?: string; readonly problem?: string }[]> {
  const [, partition, , region, account] = invokedFunctionArn.split(':');
  const asked = [];
  for (const { resource } of due) {
    if (!hasTime()) {
      asked.push({ resource, problem: 'there was no time to ask' });
      continue;
    }
    try {
      const ResourceArn = `arn:${partition}:ec2:${region}:${account}:instance/${resource}`;
      const { ScanId } = await client.send(new StartMalwareScanCommand({ ResourceArn }));
      asked.push({ resource, scan: ScanId });
    } catch (error) {
      const { name, message } = error as Error;
      asked.push({ resource, problem: `${name}: ${message}` });
    }
  }
  return asked;
}

function problemsOf(lists: Readonly<Record<string, Listed<unknown>>>): string[] {
  return Object.entries(lists).flatMap(([name, { problem }]) => (problem === undefined ? [] : `${name}: ${problem}`));
}

function daysBefore(time: Date, days: number): Date {
  return new Date(time.getTime() - days * 86_400_000);
}

function countBy<Item>(items: readonly Item[], key: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

export const handler = makeHandler({
  guardDuty: new GuardDutyClient(CLIENT_OPTIONS),
  ec2: new EC2Client(CLIENT_OPTIONS),
  s3: new S3Client(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
