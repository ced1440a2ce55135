import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { metricLines, writeLine } from '../../functions/emit-metrics';
import { instanceSince, START_GRACE } from '../../functions/instance-since';
import { type HostRecord, recordOf } from '../file-integrity/host-record';
import { DIMENSION, HOST, METRICS, NAMESPACE, STATES, TABLE_KEY, VARIABLES } from '../file-integrity-settings';

/** What the function needs to know of its surroundings. */
export interface Surroundings {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly lambda: LambdaClient;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

type Invocation = Pick<Context, 'invokedFunctionArn' | 'awsRequestId'>;

/** A host that is to be checked. */
interface Watched {
  readonly host: string;
  /** Since when it exists: what it owes does not begin anew when it is stopped each night. */
  readonly since: string;
  readonly started: string;
}

/** Look at all hosts: which are late, which states nobody judged, and how each stands; once a day also as a report. */
export function makeHandler({ s3, dynamodb, ec2, lambda, environment, now, write }: Surroundings) {
  return async (event: { readonly report?: boolean }, { invokedFunctionArn, awsRequestId }: Invocation): Promise<void> => {
    const at = now();
    const watched = await hostsToWatch(ec2, environment);
    const records = await recordsIn(dynamodb, environment[VARIABLES.table] ?? '');
    const missed = await missedStates(s3, environment, records);
    for (const host of missed) {
      await lambda.send(
        new InvokeCommand({
          FunctionName: environment[VARIABLES.judge],
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify({ host })),
        }),
      );
    }
    const lateAfter = Number(environment[VARIABLES.lateHours]) * 3_600_000;
    const hosts = watched.map(({ host, since, started }) => {
      const { last, baseline } = records.get(host) ?? {};
      const newest = [since, last?.at ?? ''].sort()[1];
      return {
        host,
        since,
        started,
        lastCheck: last?.at,
        state: last?.state,
        isLate: at.getTime() - Date.parse(newest) > lateAfter && at.getTime() - Date.parse(started) > START_GRACE,
        baselineSince: baseline?.since,
        baselineSha256: baseline?.sha256,
        report: last?.report,
      };
    });
    const are = (...states: string[]) => hosts.filter(({ state }) => state !== undefined && states.includes(state)).length;
    const values = [
      { name: METRICS.watched, value: hosts.length },
      { name: METRICS.late, value: hosts.filter(({ isLate }) => isLate).length },
      { name: METRICS.changed, value: are(STATES.changed) },
      { name: METRICS.planned, value: are(STATES.planned) },
      { name: METRICS.noBaseline, value: are(STATES.noBaseline) },
      { name: METRICS.tampered, value: are(STATES.tampered) },
      { name: METRICS.unreadable, value: are(STATES.unreadable) },
    ];
    const dimension = { [DIMENSION]: environment[VARIABLES.program] ?? '' };
    for (const line of metricLines(NAMESPACE, dimension, values, at.getTime())) write(line);
    if (!event.report) return;
    const [, , , region, account] = invokedFunctionArn.split(':');
    await s3.send(
      new PutObjectCommand({
        Bucket: environment[VARIABLES.bucket],
        Key: `${environment[VARIABLES.prefix]}reports/${account}/${region}/${at.toISOString().slice(0, 10)}-hosts.json`,
        ContentType: 'application/json',
        Body: JSON.stringify(
          {
            schemaVersion: 1,
            subject: 'hosts whose files are checked',
            account,
            region,
            at: at.toISOString(),
            collector: { function: invokedFunctionArn, request: awsRequestId },
            query: { api: 'ec2:DescribeInstances', parameters: filtersOf(environment) },
            counts: Object.fromEntries(values.map(({ name, value }) => [name, value])),
            hosts,
          },
          undefined,
          2,
        ),
      }),
    );
  };
}

function filtersOf(environment: Surroundings['environment']) {
  return [
    { Name: 'instance-state-name', Values: ['running'] },
    { Name: `tag:${environment[VARIABLES.tagKey]}`, Values: [environment[VARIABLES.tagValue] ?? ''] },
  ];
}

async function hostsToWatch(client: EC2Client, environment: Surroundings['environment']): Promise<Watched[]> {
  const found: Watched[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, { Filters: filtersOf(environment) })) {
    for (const instance of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      const { InstanceId: host, LaunchTime: started } = instance;
      const since = instanceSince(instance);
      if (host && started && since) found.push({ host, since: since.toISOString(), started: started.toISOString() });
    }
  }
  return found;
}

async function recordsIn(client: DynamoDBClient, TableName: string): Promise<ReadonlyMap<string, HostRecord>> {
  const records = new Map<string, HostRecord>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const item of Items) records.set(item[TABLE_KEY]?.S ?? '', recordOf(item.record?.S));
  }
  return records;
}

/** Hosts that sent something which is newer than what was judged, for events may get lost. */
async function missedStates(
  client: S3Client,
  environment: Surroundings['environment'],
  records: ReadonlyMap<string, HostRecord>,
): Promise<Set<string>> {
  const Prefix = `${environment[VARIABLES.prefix]}inbox/`;
  const missed = new Set<string>();
  const request = { Bucket: environment[VARIABLES.bucket], Prefix };
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, request)) {
    for (const { Key = '', LastModified } of Contents) {
      const [host] = Key.slice(Prefix.length).split('/');
      const { last, foreign = [] } = records.get(host) ?? {};
      const isJudged = last !== undefined && `${LastModified?.toISOString()}${Key}` <= last.at + last.key;
      if (HOST.test(host) && !isJudged && !foreign.includes(Key)) missed.add(host);
    }
  }
  return missed;
}

export const handler = makeHandler({
  s3: new S3Client(CLIENT_OPTIONS),
  dynamodb: new DynamoDBClient(CLIENT_OPTIONS),
  ec2: new EC2Client(CLIENT_OPTIONS),
  lambda: new LambdaClient(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
  write: writeLine,
});
