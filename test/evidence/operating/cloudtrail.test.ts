import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudTrailClient, CreateTrailCommand, PutEventSelectorsCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AwsClients } from '../../../src/evidence/operating/aws-clients';
import { BucketArchive } from '../../../src/evidence/operating/bucket-archive';
import { archivedEvents } from '../../../src/evidence/operating/cloudtrail/archived-events';
import { LOGGING_EVENTS } from '../../../src/evidence/operating/cloudtrail/logging-events';
import { POPULATIONS } from '../../../src/evidence/operating/cloudtrail/populations';
import { recentEvents } from '../../../src/evidence/operating/cloudtrail/recent-events';
import { trailSettings } from '../../../src/evidence/operating/cloudtrail/settings';
import type { UnitOutcome } from '../../../src/evidence/operating/collect-unit';
import type { Collector } from '../../../src/evidence/operating/collector';
import type { EvidenceRecord } from '../../../src/evidence/operating/evidence-record';
import { FolderArchive } from '../../../src/evidence/operating/folder-archive';
import { FolderFiles } from '../../../src/evidence/operating/folder-files';
import { type RunOptions, runCollectors } from '../../../src/evidence/operating/run-collectors';
import type { JsonObject } from '../../../src/model/json';
import { EMULATOR, Emulator } from '../../helpers/emulator';
import { recordErrors } from '../../helpers/operating-schema';
import { describeWithTool } from '../../helpers/optional';
import { temporaryFolder } from '../../helpers/temporary';
import { ACCOUNT, CALLER, deletions, FakeAws, type Fault, type TrailEvent } from './fake-aws';

const PERIOD = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-02T00:00:00Z') };
const NOW = new Date('2026-11-20T12:00:00Z');

async function collected(collector: Collector, more: Partial<RunOptions> = {}): Promise<UnitOutcome & { folder: string }> {
  const folder = temporaryFolder();
  const [outcome] = await runCollectors({
    collectors: [collector],
    regions: ['eu-west-1'],
    period: PERIOD,
    caller: { account: ACCOUNT, partition: 'aws', arn: CALLER },
    files: new FolderFiles(folder),
    tool: 'cdk-soc2 1.0.0',
    now: () => NOW,
    clientOf: () => {
      throw new Error('no client is asked for');
    },
    ...more,
  });
  expect(outcome.records.flatMap(recordErrors)).toEqual([]);
  return { ...outcome, folder: (more.files as FolderFiles | undefined)?.folder ?? folder };
}

const named = ({ records }: UnitOutcome, query: string): EvidenceRecord => records.find((record) => record.query.id === query)!;

function rowsOf(outcome: UnitOutcome & { folder: string }, query: string): JsonObject[] {
  return named(outcome, query).payload.flatMap(({ path }) =>
    readFileSync(join(outcome.folder, path), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).data),
  );
}

const event = (eventID: string, more: Partial<TrailEvent> = {}): TrailEvent => ({
  eventID,
  eventTime: '2026-11-01T10:00:00Z',
  eventName: 'DeleteBucket',
  eventSource: 's3.amazonaws.com',
  readOnly: false,
  eventCategory: 'Management',
  userIdentity: { type: 'IAMUser', userName: 'jane' },
  ...more,
});

describe('populations', () => {
  const of = (more: Partial<TrailEvent>) =>
    POPULATIONS.filter(({ holds }) => holds(event('e', more) as unknown as JsonObject)).map(({ id }) => id);
  const signIn = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' };

  test.each<[string, Partial<TrailEvent>, string[]]>([
    ['a sign-in', { ...signIn, responseElements: { ConsoleLogin: 'Success' } }, ['sign-ins']],
    [
      'a wrong password',
      { ...signIn, responseElements: { ConsoleLogin: 'Failure' }, errorMessage: 'Failed authentication' },
      ['failed-sign-ins'],
    ],
    [
      'a sign-in of root',
      { ...signIn, responseElements: { ConsoleLogin: 'Success' }, userIdentity: { type: 'Root' } },
      ['sign-ins', 'root-use'],
    ],
    [
      'a wrong second factor of IAM Identity Center',
      {
        eventSource: 'signin.amazonaws.com',
        eventName: 'CredentialVerification',
        serviceEventDetails: { CredentialVerification: 'Failure' },
      },
      ['failed-sign-ins'],
    ],
    ['root reading', { eventName: 'ListBuckets', readOnly: true, userIdentity: { type: 'Root' } }, ['root-use']],
    [
      'AWS as root',
      { eventName: 'ListBuckets', readOnly: true, userIdentity: { type: 'Root', invokedBy: 'support.amazonaws.com' } },
      [],
    ],
    ['a new user', { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser' }, ['permission-changes']],
    [
      'a user that is deleted',
      { eventSource: 'iam.amazonaws.com', eventName: 'DeleteUser' },
      ['permission-changes', 'deletions'],
    ],
    ['reading of a user', { eventSource: 'iam.amazonaws.com', eventName: 'GetUser', readOnly: true }, []],
    ['the policy of a bucket', { eventName: 'PutBucketPolicy' }, ['permission-changes']],
    [
      'a permission of a function',
      { eventSource: 'lambda.amazonaws.com', eventName: 'AddPermission20150331v2' },
      ['permission-changes'],
    ],
    ['a grant of a key', { eventSource: 'kms.amazonaws.com', eventName: 'CreateGrant' }, ['permission-changes']],
    ['a server that is ended', { eventSource: 'ec2.amazonaws.com', eventName: 'TerminateInstances' }, ['deletions']],
    ['a key that is to be deleted', { eventSource: 'kms.amazonaws.com', eventName: 'ScheduleKeyDeletion' }, ['key-changes']],
    ['a firewall', { eventSource: 'ec2.amazonaws.com', eventName: 'AuthorizeSecurityGroupIngress' }, ['network-changes']],
    ['logging that is switched off', { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' }, ['logging-changes']],
    [
      'a log that goes nowhere any more',
      { eventSource: 'logs.amazonaws.com', eventName: 'DeleteSubscriptionFilter' },
      ['deletions', 'logging-changes'],
    ],
    [
      'access to a bucket that is not logged any more',
      { eventSource: 's3.amazonaws.com', eventName: 'PutBucketLogging' },
      ['logging-changes'],
    ],
    ['an alert that is switched off', { eventSource: 'events.amazonaws.com', eventName: 'DisableRule' }, ['logging-changes']],
    [
      'a store of events',
      { eventSource: 'cloudtrail.amazonaws.com', eventName: 'DeleteEventDataStore' },
      ['deletions', 'logging-changes'],
    ],
    [
      'requests that a firewall does not log',
      { eventSource: 'wafv2.amazonaws.com', eventName: 'DeleteLoggingConfiguration' },
      ['deletions', 'logging-changes'],
    ],
    [
      'queries that are not logged',
      { eventSource: 'route53resolver.amazonaws.com', eventName: 'DisassociateResolverQueryLogConfig' },
      ['logging-changes'],
    ],
    ['findings that nobody sees', { eventSource: 'guardduty.amazonaws.com', eventName: 'CreateFilter' }, ['logging-changes']],
    [
      'a name that is of logging elsewhere',
      { eventSource: 'secretsmanager.amazonaws.com', eventName: 'PutResourcePolicy' },
      ['permission-changes'],
    ],
    ['an event from a source that is a member of every object', { eventSource: 'constructor', eventName: 'has' }, []],
    ['a deployment', { eventSource: 'cloudformation.amazonaws.com', eventName: 'ExecuteChangeSet' }, ['deployments']],
  ])('%s', (_, more, expected) => {
    expect(of(more)).toEqual(expected);
  });

  test.each<[source: string, client: string]>([
    ['cloudtrail', 'cloudtrail'],
    ['logs', 'cloudwatch-logs'],
    ['monitoring', 'cloudwatch'],
    ['config', 'config-service'],
    ['guardduty', 'guardduty'],
    ['securityhub', 'securityhub'],
    ['events', 'eventbridge'],
    ['inspector2', 'inspector2'],
    ['access-analyzer', 'accessanalyzer'],
    ['macie2', 'macie2'],
    ['ec2', 'ec2'],
    ['s3', 's3'],
  ])('of logging of %s bear names of operations of AWS', (source, client) => {
    const names = [...LOGGING_EVENTS.get(`${source}.amazonaws.com`)!];
    const sdk = require(`@aws-sdk/client-${client}`);
    expect(names.filter((name) => sdk[`${name}Command`] === undefined)).toEqual([]);
  });
});

describe('events of the history', () => {
  const fakes: FakeAws[] = [];
  afterEach(async () => {
    for (const fake of fakes.splice(0)) await fake.stop();
  });

  /** Without the pace that AWS asks for, unless a test is about it. */
  async function lookedUp(
    events: readonly TrailEvent[],
    faultOf: (asked: { operation: string; input: { NextToken?: string } }, number: number) => Fault = () => undefined,
    { limits = {}, ...more }: Partial<RunOptions> & { limits?: Record<string, number> } = {},
  ) {
    const fake = await FakeAws.start(events, faultOf);
    fakes.push(fake);
    const clients = new AwsClients(
      { endpoint: fake.endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, retryMode: 'standard' },
      limits,
    );
    const outcome = await collected(recentEvents, { clientOf: (type, region) => clients.of(type, region), ...more });
    return { fake, outcome };
  }

  test('are all told, by pages, each once although several questions find it', async () => {
    const events = [
      ...deletions(120),
      event('root-reads', { eventName: 'ListBuckets', readOnly: true, userIdentity: { type: 'Root' } }),
      event('root-deletes', { userIdentity: { type: 'Root' } }),
      event('late', { eventTime: '2026-11-02T00:00:00Z' }),
      event('early', { eventTime: '2026-10-31T23:59:59Z' }),
    ];
    const { outcome } = await lookedUp(events);
    expect(outcome.status).toBe('done');
    expect(named(outcome, 'deletions')).toMatchObject({ rows: 121, duplicates: 1, missing: [], truncated: null });
    expect(
      rowsOf(outcome, 'root-use')
        .map(({ eventID }) => eventID)
        .sort(),
    ).toEqual(['root-deletes', 'root-reads']);
    expect(named(outcome, 'deletions').query.calls).toHaveLength(5);
    expect(outcome.records.map(({ query }) => query.id)).toEqual(POPULATIONS.map(({ id }) => id));
  });

  test('come through throttling, lost connections and errors of the server', async () => {
    const faults: Fault[] = [{ error: 'ThrottlingException' }, 'lost', { error: 'InternalFailure', status: 500 }];
    const { outcome, fake } = await lookedUp(deletions(120), ({ operation }, number) =>
      operation === 'LookupEvents' ? faults[number - 1] : undefined,
    );
    expect(named(outcome, 'deletions')).toMatchObject({ rows: 120, duplicates: 0 });
    expect(fake.lookups()).toHaveLength(7 + faults.length);
  }, 60_000);

  test('are asked for no faster than AWS allows, attempts that fail included', async () => {
    const { fake } = await lookedUp(
      deletions(120),
      (_, number) => (number === 2 ? { error: 'ThrottlingException' } : undefined),
      {
        limits: { 'CloudTrailClient.LookupEventsCommand': 5 },
      },
    );
    const times = fake.lookups().map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - times[index]);
    expect(Math.min(...gaps)).toBeGreaterThan(150);
  });

  test('that are lost in the middle are said to be missing, and are got by the next run, which asks the very same question', async () => {
    const files = new FolderFiles(temporaryFolder());
    const broken = (asked: { input: { NextToken?: string } }): Fault =>
      asked.input.NextToken === '100' ? { error: 'AccessDeniedException' } : undefined;
    const first = await lookedUp(deletions(220), broken, { files });
    expect(first.outcome.status).toBe('failed');
    expect(named(first.outcome, 'deletions')).toMatchObject({
      rows: 100,
      missing: [expect.stringContaining('AccessDeniedException')],
    });
    const later = () => new Date(NOW.getTime() + 86_400_000);
    const second = await lookedUp(deletions(220), undefined, { files, now: later });
    expect(named(second.outcome, 'deletions')).toMatchObject({ rows: 220, duplicates: 0, missing: [] });
    expect(second.fake.lookups()[0].input).toEqual(first.fake.lookups().at(-1)!.input);
  });

  test('are asked for anew when AWS has forgotten where the run was, and count once', async () => {
    const files = new FolderFiles(temporaryFolder());
    await lookedUp(
      deletions(120),
      (asked) => (asked.input.NextToken === '100' ? { error: 'AccessDeniedException' } : undefined),
      { files },
    );
    let forgotten = true;
    const { outcome } = await lookedUp(
      deletions(120),
      ({ input }) => {
        if (!forgotten || input.NextToken !== '100') return undefined;
        forgotten = false;
        return { error: 'InvalidNextTokenException' };
      },
      { files },
    );
    expect(named(outcome, 'deletions')).toMatchObject({ rows: 120, duplicates: 100, missing: [] });
  });

  test('say that they are cut off where the period began more than 90 days ago', async () => {
    const period = { from: new Date('2026-07-01T00:00:00Z'), to: new Date('2026-09-01T00:00:00Z') };
    const old = [event('old', { eventTime: '2026-08-01T00:00:00Z' }), event('kept', { eventTime: '2026-08-30T00:00:00Z' })];
    const { outcome, fake } = await lookedUp(old, undefined, { period });
    expect(named(outcome, 'deletions')).toMatchObject({ rows: 1, missing: [], truncated: expect.stringContaining('90 days') });
    expect(fake.lookups()[0].input.StartTime).toBe(Date.parse('2026-08-22T12:00:00Z') / 1_000);
  });

  test('ask nothing where all of the period began more than 90 days ago, and say so', async () => {
    const period = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-02-01T00:00:00Z') };
    const { outcome, fake } = await lookedUp(deletions(3), undefined, { period });
    expect(fake.lookups()).toEqual([]);
    expect(outcome.records.map(({ rows, truncated }) => [rows, truncated === null])).toEqual(POPULATIONS.map(() => [0, false]));
  });

  test('say that the last of them may not be there yet', async () => {
    const period = { from: new Date('2026-11-20T11:00:00Z'), to: NOW };
    const { outcome } = await lookedUp([], undefined, { period });
    expect(named(outcome, 'deletions').truncated).toContain('15 minutes');
  });

  test('stop when the token of the session expires', async () => {
    const { outcome } = await lookedUp(deletions(120), (_, number) =>
      number === 3 ? { error: 'ExpiredTokenException' } : undefined,
    );
    expect(outcome).toMatchObject({ status: 'failed', isFatal: true });
    expect(named(outcome, 'deletions').rows).toBe(100);
  });
});

const FOLDER = `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1`;

/** Log files of a trail by their day and time. */
function archiveOf(logs: Readonly<Record<string, readonly TrailEvent[] | Buffer>>, folder = FOLDER): Record<string, Buffer> {
  return Object.fromEntries(
    Object.entries(logs).map(([name, content]) => [
      `${folder}/${name}.json.gz`,
      Buffer.isBuffer(content) ? content : gzipSync(JSON.stringify({ Records: content })),
    ]),
  );
}

function inFolder(files: Readonly<Record<string, Buffer>>): FolderArchive {
  const folder = temporaryFolder();
  for (const [key, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), content);
  }
  return new FolderArchive(folder);
}

describe('events of the archive', () => {
  test('are those of the period, by the time at which they happened, whenever they were delivered, each once', async () => {
    const archive = inFolder(
      archiveOf({
        '2026/11/01/a': [event('before', { eventTime: '2026-10-31T23:58:00Z' }), event('one')],
        '2026/11/01/b': [event('two'), event('one'), event('data', { eventCategory: 'Data', eventName: 'DeleteObject' })],
        '2026/11/02/a': [
          event('delivered-late', { eventTime: '2026-11-01T23:59:59Z' }),
          event('after', { eventTime: '2026-11-02T00:00:00Z' }),
        ],
        '2026/11/09/a': [event('another-time')],
      }),
    );
    const outcome = await collected(archivedEvents, { archive });
    expect(rowsOf(outcome, 'deletions').map(({ eventID }) => eventID)).toEqual(['one', 'two', 'delivered-late']);
    expect(named(outcome, 'deletions')).toMatchObject({ duplicates: 1, missing: [], truncated: null, pages: 3 });
    expect(rowsOf(outcome, 'log-files').map(({ events }) => events)).toEqual([2, 3, 2]);
  });

  test('are found below the id of an organization', async () => {
    const archive = inFolder(
      archiveOf({ '2026/11/01/a': [event('one')] }, `AWSLogs/o-a1b2c3d4e5/${ACCOUNT}/CloudTrail/eu-west-1`),
    );
    expect(named(await collected(archivedEvents, { archive }), 'deletions').rows).toBe(1);
  });

  test('are found where one trail followed another, of the account and of its organization, and count once', async () => {
    const place = archiveOf({ '2026/11/01/a': [event('one'), event('both')] });
    const later = archiveOf(
      { '2026/11/01/b': [event('both'), event('two')] },
      `AWSLogs/o-a1b2c3d4e5/${ACCOUNT}/CloudTrail/eu-west-1`,
    );
    const archive = inFolder({ ...place, ...later });
    const outcome = await collected(archivedEvents, { archive });
    expect(named(outcome, 'deletions')).toMatchObject({ rows: 3, duplicates: 1, missing: [] });
    expect(named(outcome, 'log-files').rows).toBe(2);
  });

  test.each([
    ['{"Metadata":{"Signature":"ab"}}', { signature: 'ab' }],
    ['{"signature":"ab","signature-algorithm":"SHA256withRSA"}', { signature: 'ab', 'signature-algorithm': 'SHA256withRSA' }],
    ['{"Metadata":', {}],
    ['null', {}],
    ['"text"', {}],
  ])('have in a copy the metadata of a file beside them: of %s', async (text, metadata) => {
    const archive = inFolder({
      [`${FOLDER}/a.json.gz`]: Buffer.from('a'),
      [`${FOLDER}/a.json.gz.metadata.json`]: Buffer.from(text),
    });
    expect(await archive.read(`${FOLDER}/a.json.gz`)).toEqual({ content: Buffer.from('a'), metadata });
  });

  test('of files that are broken are said to be missing, file by file, and the others are told', async () => {
    const archive = inFolder(
      archiveOf({
        '2026/11/01/a': [event('one')],
        '2026/11/01/b': Buffer.from('this is no gzip'),
        '2026/11/01/c': gzipSync('{"Records": [1]}'),
        '2026/11/01/d': gzipSync(JSON.stringify({ Records: [event('two')] })).subarray(0, 60),
        '2026/11/01/e': [event('three')],
      }),
    );
    const outcome = await collected(archivedEvents, { archive });
    const { rows, missing } = named(outcome, 'deletions');
    expect(rows).toBe(2);
    expect(missing.map((line) => line.split(':')[0].split('/').at(-1))).toEqual(['b.json.gz', 'c.json.gz', 'd.json.gz']);
  });

  test('of a file that is listed and gone are said to be missing', async () => {
    const archive = inFolder(archiveOf({ '2026/11/01/a': [event('one')], '2026/11/01/b': [event('two')] }));
    const read = archive.read.bind(archive);
    jest.spyOn(archive, 'read').mockImplementation(async (key) => (key.endsWith('b.json.gz') ? undefined : read(key)));
    expect(named(await collected(archivedEvents, { archive }), 'deletions')).toMatchObject({
      rows: 1,
      missing: [expect.stringContaining('is not there')],
    });
  });

  test('that are not there at all are no evidence that nothing happened', async () => {
    const archive = inFolder(archiveOf({ '2025/01/01/a': [event('one')] }));
    const outcome = await collected(archivedEvents, { archive });
    expect(outcome.records).toHaveLength(POPULATIONS.length + 1);
    for (const { missing } of outcome.records) expect(missing).toEqual([expect.stringContaining('holds no log file')]);
  });

  test('go on after the last file that was kept', async () => {
    const logs = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`2026/11/01/${String(index).padStart(3, '0')}`, [event(`e-${index}`)]]),
    );
    const archive = inFolder(archiveOf(logs));
    const read = archive.read.bind(archive);
    const keys: string[] = [];
    let fails = true;
    jest.spyOn(archive, 'read').mockImplementation(async (key) => {
      if (fails && key.endsWith('040.json.gz'))
        throw Object.assign(new Error('Please reduce your request rate'), { name: 'SlowDown' });
      keys.push(key);
      return read(key);
    });
    const files = new FolderFiles(temporaryFolder());
    const first = await collected(archivedEvents, { archive, files });
    expect(named(first, 'deletions')).toMatchObject({ rows: 32, missing: [expect.stringContaining('SlowDown')] });
    fails = false;
    keys.length = 0;
    const second = await collected(archivedEvents, { archive, files });
    expect(named(second, 'deletions')).toMatchObject({ rows: 100, duplicates: 0, pages: 100, missing: [] });
    expect(keys).toHaveLength(68);
  });
});

describeWithTool(EMULATOR, 'in an account of the emulator', () => {
  let emulator: Emulator;
  let clients: AwsClients;
  beforeAll(async () => {
    emulator = await Emulator.start();
    const { endpoint, credentials, forcePathStyle } = emulator.options;
    clients = new AwsClients({ endpoint, credentials, forcePathStyle, maxAttempts: 1 });
    const s3 = clients.of(S3Client, 'eu-west-1');
    await s3.send(
      new CreateBucketCommand({ Bucket: 'trail-logs', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    await s3.send(new PutBucketPolicyCommand({ Bucket: 'trail-logs', Policy: '{"Version":"2012-10-17","Statement":[]}' }));
  }, 120_000);
  afterAll(() => emulator.stop());

  test('the settings of each trail are told, and that it looks for nothing unusual where it does not', async () => {
    const cloudTrail = clients.of(CloudTrailClient, 'eu-west-1');
    await cloudTrail.send(
      new CreateTrailCommand({
        Name: 'audit',
        S3BucketName: 'trail-logs',
        IsMultiRegionTrail: true,
        EnableLogFileValidation: true,
      }),
    );
    await cloudTrail.send(new StartLoggingCommand({ Name: 'audit' }));
    await cloudTrail.send(
      new PutEventSelectorsCommand({
        TrailName: 'audit',
        AdvancedEventSelectors: [{ Name: 'all', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
      }),
    );
    const outcome = await collected(trailSettings, { clientOf: (type, region) => clients.of(type, region) });
    expect(outcome.status).toBe('done');
    const arn = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/audit`;
    expect(rowsOf(outcome, 'trails')).toMatchObject([{ trail: arn, IsMultiRegionTrail: true, LogFileValidationEnabled: true }]);
    expect(rowsOf(outcome, 'trail-status')).toMatchObject([{ trail: arn, IsLogging: true }]);
    expect(rowsOf(outcome, 'event-selectors')).toMatchObject([{ trail: arn, AdvancedEventSelectors: [{ Name: 'all' }] }]);
    expect(rowsOf(outcome, 'insight-selectors')).toMatchObject([{ trail: arn }]);
    expect(outcome.records.map(({ missing }) => missing)).toEqual([[], [], [], []]);
  });

  test('log files are read from a bucket below a prefix, by pages', async () => {
    const s3 = clients.of(S3Client, 'eu-west-1');
    const files = archiveOf({ '2026/11/01/a': [event('one')], '2026/11/02/a': [event('two')] });
    for (const [key, Body] of Object.entries(files))
      await s3.send(new PutObjectCommand({ Bucket: 'trail-logs', Key: `audit/${key}`, Body, Metadata: { signature: 'abc' } }));
    const archive = BucketArchive.at('s3://trail-logs/audit/', s3);
    expect((await archive.read(Object.keys(files)[0]))?.metadata).toEqual({ signature: 'abc' });
    expect(await archive.read('AWSLogs/none')).toBeUndefined();
    expect(rowsOf(await collected(archivedEvents, { archive }), 'deletions').map(({ eventID }) => eventID)).toEqual([
      'one',
      'two',
    ]);
  });
});

test.each(['s3:/bucket', 'https://bucket', 's3://Bucket', 's3://'])('%s is no place of an archive', (place) => {
  expect(() => BucketArchive.at(place, new S3Client({ region: 'eu-west-1' }))).toThrow(
    '--archive must be a folder or s3://bucket/prefix',
  );
});
