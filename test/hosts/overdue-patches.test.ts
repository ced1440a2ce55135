import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  type ComplianceItem,
  DescribeInstanceInformationCommand,
  ListComplianceItemsCommand,
  ListResourceComplianceSummariesCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/hosts/overdue-patches/handler';

const NOW = new Date('2026-11-20T08:10:00Z');
const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const ssm = mockClient(SSMClient);
const s3 = mockClient(S3Client);
afterAll(() => {
  ssm.restore();
  s3.restore();
});

interface Host {
  readonly ping?: string;
  readonly scanned?: Date;
  readonly status?: 'COMPLIANT' | 'NON_COMPLIANT';
  readonly items?: readonly ComplianceItem[];
}

const patch = (id: string, severity: string, details: Record<string, string> = { PatchState: 'Missing' }): ComplianceItem =>
  ({ Id: id, Title: `${id} title`, Severity: severity, Status: 'NON_COMPLIANT', Details: details }) as ComplianceItem;

/** A fleet as Systems Manager tells of it, two servers on a page. */
function fleet(hosts: Readonly<Record<string, Host>>): void {
  const all = Object.entries(hosts);
  const pages = Array.from({ length: Math.max(1, Math.ceil(all.length / 2)) }, (_, index) => all.slice(index * 2, index * 2 + 2));
  pages.forEach((page, index) => {
    const tokens = { NextToken: index === 0 ? undefined : `page ${index}` };
    const answer = { NextToken: index + 1 < pages.length ? `page ${index + 1}` : undefined };
    ssm.on(DescribeInstanceInformationCommand, { MaxResults: 50, ...tokens }).resolves({
      ...answer,
      InstanceInformationList: page.map(([InstanceId, { ping = 'Online' }]) => ({
        InstanceId,
        PingStatus: ping as never,
        PlatformName: 'Amazon Linux',
        PlatformVersion: '2023',
      })),
    });
    ssm.on(ListResourceComplianceSummariesCommand, tokens).resolves({
      ...answer,
      ResourceComplianceSummaryItems: page
        .filter(([, { status }]) => status)
        .map(([ResourceId, { status, scanned = ago(0.1) }]) => ({
          ResourceId,
          Status: status,
          ExecutionSummary: { ExecutionTime: scanned },
        })),
    });
  });
  for (const [id, { items = [] }] of all)
    ssm.on(ListComplianceItemsCommand, { ResourceIds: [id] }).resolves({ ComplianceItems: [...items] });
}

const MEMORY = 'patches/111122223333/eu-west-1/memory.json';
const remembered = (content: string) =>
  s3.on(GetObjectCommand, { Key: MEMORY }).resolves({ Body: { transformToString: async () => content } as never });
const knows = (firstSeen: Record<string, Date>) =>
  remembered(
    JSON.stringify({
      schemaVersion: 1,
      firstSeen: Object.fromEntries(Object.entries(firstSeen).map(([key, at]) => [key, at.toISOString()])),
    }),
  );

async function run(remaining = () => 600_000) {
  const lines: string[] = [];
  const handler = makeHandler({
    ssm: new SSMClient({ region: 'eu-west-1' }),
    s3: new S3Client({ region: 'eu-west-1' }),
    environment: {
      DEADLINES: JSON.stringify({ CRITICAL: 15, HIGH: 30, MEDIUM: 90, LOW: 180 }),
      EVIDENCE_BUCKET: 'evidence',
      EVIDENCE_PREFIX: 'patches/',
    },
    now: () => NOW,
    write: (line) => lines.push(line),
  });
  const invokedFunctionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:overdue';
  const context = { getRemainingTimeInMillis: remaining, invokedFunctionArn, awsRequestId: 'request-1' };
  const error = await handler({}, context).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  const metrics: Record<string, number> = {};
  for (const line of lines) {
    expect(line).not.toContain('\n');
    const { _aws, ...values } = JSON.parse(line);
    const [{ Namespace, Metrics }] = _aws.CloudWatchMetrics;
    expect(Namespace).toBe('Soc2/Patches');
    for (const { Name } of Metrics) metrics[[Name, values.Severity].filter(Boolean).join(' ')] = values[Name];
  }
  const puts = s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
  const written = (end: string) => {
    const found = puts.find(({ Key }) => Key?.endsWith(end));
    return found && JSON.parse(String(found.Body));
  };
  return {
    metrics,
    error,
    keys: puts.map(({ Key }) => Key),
    report: written('patches.json'),
    memory: written('memory.json')?.firstSeen,
  };
}

beforeEach(() => {
  ssm.reset();
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
  s3.on(GetObjectCommand).rejects(Object.assign(new Error('none'), { name: 'NoSuchKey' }));
});

test('missing patches are counted by severity over every page of servers', async () => {
  fleet({
    'i-1': { status: 'NON_COMPLIANT', items: [patch('openssl', 'CRITICAL'), patch('vim', 'LOW')] },
    'i-2': { status: 'COMPLIANT' },
    'i-3': { status: 'NON_COMPLIANT', items: [patch('openssl', 'CRITICAL'), patch('kernel', 'HIGH')] },
  });
  const { metrics, error } = await run();
  expect(error).toBeUndefined();
  expect(metrics).toMatchObject({
    'MissingPatches CRITICAL': 2,
    'MissingPatches HIGH': 1,
    'MissingPatches MEDIUM': 0,
    'MissingPatches LOW': 1,
    'OverduePatches CRITICAL': 0,
    'OldestMissingPatchDays CRITICAL': 0,
    Servers: 3,
    UnscannedServers: 0,
  });
});

test('a patch is as old as the day on which it was first seen to be missing, which is remembered', async () => {
  fleet({ 'i-1': { status: 'NON_COMPLIANT', items: [patch('openssl', 'CRITICAL'), patch('kernel', 'CRITICAL')] } });
  knows({ 'i-1 openssl': ago(20) });
  const { metrics, memory, report } = await run();
  expect(metrics).toMatchObject({ 'OverduePatches CRITICAL': 1, 'OldestMissingPatchDays CRITICAL': 20 });
  expect(memory).toEqual({ 'i-1 openssl': ago(20).toISOString(), 'i-1 kernel': NOW.toISOString() });
  expect(report.overdue).toEqual([
    {
      server: 'i-1',
      patch: 'openssl',
      title: 'openssl title',
      severity: 'CRITICAL',
      state: 'Missing',
      firstSeen: ago(20).toISOString(),
      ageDays: 20,
      deadlineDays: 15,
    },
  ]);
});

test.each([
  ['CRITICAL', 15],
  ['HIGH', 30],
  ['MEDIUM', 90],
  ['LOW', 180],
])('a patch that is %s is overdue after %i days, and not on the last of them', async (severity, days) => {
  fleet({ 'i-1': { status: 'NON_COMPLIANT', items: [patch('a', severity), patch('b', severity)] } });
  knows({ 'i-1 a': ago(days), 'i-1 b': ago(days + 0.01) });
  expect((await run()).metrics[`OverduePatches ${severity}`]).toBe(1);
});

test('what is installed is forgotten, so that it is young when it is missing again', async () => {
  fleet({ 'i-1': { status: 'COMPLIANT' } });
  knows({ 'i-1 openssl': ago(20) });
  expect((await run()).memory).toEqual({});
});

test('a server that is gone is forgotten', async () => {
  fleet({ 'i-2': { status: 'COMPLIANT' } });
  knows({ 'i-1 openssl': ago(20) });
  expect((await run()).memory).toEqual({});
});

test('a patch that is listed twice counts once', async () => {
  fleet({ 'i-1': { status: 'NON_COMPLIANT', items: [patch('openssl', 'HIGH'), patch('openssl', 'HIGH')] } });
  expect((await run()).metrics['MissingPatches HIGH']).toBe(1);
});

test.each([
  ['UNSPECIFIED', { PatchSeverity: 'Critical' }, 'CRITICAL'],
  ['UNSPECIFIED', { PatchSeverity: 'Important' }, 'HIGH'],
  ['UNSPECIFIED', { PatchSeverity: 'Moderate' }, 'MEDIUM'],
  ['INFORMATIONAL', { PatchSeverity: 'Low' }, 'LOW'],
  ['UNSPECIFIED', {}, 'HIGH'],
  ['LOW', { PatchSeverity: 'Critical' }, 'LOW'],
])('of a patch that the baseline calls %s, with %j, it is said that it is %s', async (level, details, severity) => {
  fleet({ 'i-1': { status: 'NON_COMPLIANT', items: [patch('a', level, details as never)] } });
  expect((await run()).metrics[`MissingPatches ${severity}`]).toBe(1);
});

test('servers that nobody scanned for two days are told of, unless they are stopped', async () => {
  fleet({
    'i-1': {},
    'i-2': { status: 'COMPLIANT', scanned: ago(2.1) },
    'i-3': { status: 'COMPLIANT', scanned: ago(1.9) },
    'i-4': { ping: 'ConnectionLost' },
  });
  const { metrics, report } = await run();
  expect(metrics).toMatchObject({ Servers: 4, UnscannedServers: 2 });
  expect(report).toMatchObject({ unscanned: ['i-1', 'i-2'], unreachable: ['i-4'] });
});

test('a server that Systems Manager lists no longer is not counted, whatever it lacked', async () => {
  fleet({ 'i-1': { status: 'COMPLIANT' } });
  ssm.on(ListResourceComplianceSummariesCommand).resolves({
    ResourceComplianceSummaryItems: [{ ResourceId: 'i-9', Status: 'NON_COMPLIANT' }],
  });
  expect((await run()).metrics).toMatchObject({ Servers: 1, 'MissingPatches HIGH': 0 });
  expect(ssm.commandCalls(ListComplianceItemsCommand)).toHaveLength(0);
});

test('an account without servers is no failure', async () => {
  fleet({});
  const { metrics, error, report } = await run();
  expect(error).toBeUndefined();
  expect(metrics.Servers).toBe(0);
  expect(report).toMatchObject({ complete: true, servers: [] });
});

test('the report names what was asked, by whom, and what every server said', async () => {
  fleet({ 'i-1': { status: 'NON_COMPLIANT', items: [patch('=HYPERLINK("https://example.com")\u0000<script>', 'CRITICAL')] } });
  const { keys, report } = await run();
  expect(keys).toEqual(['patches/111122223333/eu-west-1/2026-11-20/patches.json', MEMORY]);
  expect(report).toMatchObject({
    schemaVersion: 1,
    account: '111122223333',
    region: 'eu-west-1',
    collector: { function: 'arn:aws:lambda:eu-west-1:111122223333:function:overdue', request: 'request-1' },
    queries: { 'ssm:ListComplianceItems': { ResourceTypes: ['ManagedInstance'] } },
    pages: 3,
    complete: true,
    servers: [{ id: 'i-1', ping: 'Online', system: 'Amazon Linux 2023', lacks: true, scanned: ago(0.1).toISOString() }],
    missing: { CRITICAL: 1 },
  });
});

describe('when something fails', () => {
  const slow = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

  test('what was read is published, what was not keeps its age, and the function fails', async () => {
    fleet({
      'i-1': { status: 'NON_COMPLIANT', items: [patch('openssl', 'CRITICAL')] },
      'i-2': { status: 'NON_COMPLIANT' },
    });
    ssm.on(ListComplianceItemsCommand, { ResourceIds: ['i-2'] }).rejects(slow);
    knows({ 'i-1 openssl': ago(20), 'i-2 kernel': ago(40) });
    const { metrics, error, memory, report } = await run();
    expect(metrics['OverduePatches CRITICAL']).toBe(1);
    expect(memory).toEqual({ 'i-1 openssl': ago(20).toISOString(), 'i-2 kernel': ago(40).toISOString() });
    expect(report).toMatchObject({ complete: false, problem: 'ThrottlingException: slow down' });
    expect(error).toBe('Not every missing patch was counted: ThrottlingException: slow down. 1 were.');
  });

  test('a server that could not be listed is not gone: what it lacks keeps its age', async () => {
    fleet({ 'i-1': { status: 'COMPLIANT' }, 'i-2': { status: 'COMPLIANT' }, 'i-3': { status: 'NON_COMPLIANT' } });
    ssm.on(DescribeInstanceInformationCommand, { NextToken: 'page 1' }).rejects(slow);
    knows({ 'i-3 kernel': ago(40) });
    const { memory, error, metrics } = await run();
    expect(memory).toEqual({ 'i-3 kernel': ago(40).toISOString() });
    // A zero would end an alarm.
    expect(metrics).toEqual({ Servers: 2, UnscannedServers: 2 });
    expect(error).toContain('ThrottlingException: slow down');
  });

  test('it ends before the function is stopped', async () => {
    fleet({ 'i-1': {}, 'i-2': {}, 'i-3': {} });
    let left = 1;
    const { error } = await run(() => (left-- > 0 ? 600_000 : 10_000));
    expect(error).toContain('there was no time for the rest of the list');
  });

  test('a list that goes in circles ends', async () => {
    ssm.on(DescribeInstanceInformationCommand).resolves({ InstanceInformationList: [{ InstanceId: 'i-1' }], NextToken: 'again' });
    expect((await run()).error).toContain('a page that it had given before');
    expect(ssm.commandCalls(DescribeInstanceInformationCommand)).toHaveLength(2);
  });

  test.each([['{broken'], ['{}'], ['{"firstSeen":[]}'], ['{"firstSeen":{"i-1 a":"yesterday"}}'], ['null']])(
    'a memory that says %s is not taken for an empty one: nothing would be overdue',
    async (content) => {
      fleet({ 'i-1': { status: 'COMPLIANT' } });
      remembered(content);
      const { error, metrics, keys } = await run();
      expect(error).toContain(`s3://evidence/${MEMORY} must say since when patches are missing, and says something else`);
      expect([metrics, keys]).toEqual([{}, []]);
    },
  );

  test('a memory that may not be read is a failure', async () => {
    fleet({});
    s3.on(GetObjectCommand).rejects(Object.assign(new Error('denied'), { name: 'AccessDenied' }));
    expect((await run()).error).toBe('denied');
  });

  test('names of servers and patches that are properties of every object are none of them', async () => {
    const host: Host = { status: 'NON_COMPLIANT', items: [patch('__proto__', 'HIGH'), patch('toString', 'HIGH')] };
    fleet(Object.fromEntries([['constructor', host]]));
    const { metrics, error } = await run();
    expect(error).toBeUndefined();
    expect(metrics['MissingPatches HIGH']).toBe(2);
  });

  test('a report that cannot be written is a failure, after metrics were published', async () => {
    fleet({});
    s3.on(PutObjectCommand).rejects(new Error('denied'));
    const { error, metrics } = await run();
    expect([error, metrics.Servers]).toEqual(['denied', 0]);
  });
});

test('ten thousand servers are read with four at a time', async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `i-${index}`);
  ssm.on(DescribeInstanceInformationCommand).resolves({
    InstanceInformationList: ids.map((InstanceId) => ({ InstanceId, PingStatus: 'Online' })),
  });
  ssm.on(ListResourceComplianceSummariesCommand).resolves({
    ResourceComplianceSummaryItems: ids.map((ResourceId) => ({
      ResourceId,
      Status: 'NON_COMPLIANT' as const,
      ExecutionSummary: { ExecutionTime: NOW },
    })),
  });
  let running = 0;
  let most = 0;
  ssm.on(ListComplianceItemsCommand).callsFake(async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return { ComplianceItems: [patch('openssl', 'CRITICAL')] };
  });
  const { metrics } = await run();
  expect(metrics['MissingPatches CRITICAL']).toBe(10_000);
  expect(most).toBeLessThanOrEqual(4);
}, 60_000);
