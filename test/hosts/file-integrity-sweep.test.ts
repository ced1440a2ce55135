import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/hosts/file-integrity-sweep/handler';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';

const NOW = new Date('2026-11-20T06:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const idOf = (number: number) => `i-${number.toString(16).padStart(17, '0')}`;
const CONTEXT = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:sweep', awsRequestId: 'request-1' };

describeWithTool(EMULATOR, 'the hourly look at hosts, with the store of an emulator', () => {
  let emulator: Emulator;
  let s3: S3Client;
  let dynamodb: DynamoDBClient;
  const ec2Client = new EC2Client({ region: 'eu-west-1' });
  const lambdaClient = new LambdaClient({ region: 'eu-west-1' });
  const ec2 = mockClient(ec2Client);
  const lambda = mockClient(lambdaClient);
  let count = 0;
  let Bucket: string;

  beforeAll(async () => {
    emulator = await Emulator.start();
    s3 = new S3Client(emulator.options);
    dynamodb = new DynamoDBClient(emulator.options);
  }, 120_000);
  afterAll(() => emulator.stop());

  beforeEach(async () => {
    Bucket = `evidence-${count++}`;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    await dynamodb.send(
      new CreateTableCommand({
        TableName: Bucket,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'host', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'host', KeyType: 'HASH' }],
      }),
    );
    ec2.reset();
    lambda.reset();
    lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  });

  const running = (...hosts: [number, Date][]) =>
    ec2.on(DescribeInstancesCommand).resolves({
      Reservations: hosts.map(([number, LaunchTime]) => ({ Instances: [{ InstanceId: idOf(number), LaunchTime }] })),
    });
  const known = (number: number, state: string, at: Date, more: object = {}) =>
    dynamodb.send(
      new PutItemCommand({
        TableName: Bucket,
        Item: {
          host: { S: idOf(number) },
          record: { S: JSON.stringify({ last: { state, at: at.toISOString(), key: 'z', report: 'r' }, ...more }) },
        },
      }),
    );

  async function look(event: { report?: boolean } = {}) {
    const lines: string[] = [];
    const environment = {
      BUCKET: Bucket,
      PREFIX: 'fim/',
      TABLE: Bucket,
      PROGRAM: 'Stack/FileIntegrity',
      LATE_HOURS: '50',
      TAG_KEY: 'soc2:file-integrity',
      TAG_VALUE: 'Fleet',
      JUDGE_FUNCTION: 'judge',
    };
    const handler = makeHandler({
      s3,
      dynamodb,
      ec2: ec2Client,
      lambda: lambdaClient,
      environment,
      now: () => NOW,
      write: (line) => lines.push(line),
    });
    await handler(event, CONTEXT);
    const { _aws, ...metrics } = JSON.parse(lines[0]);
    const judged = lambda
      .commandCalls(InvokeCommand)
      .map(({ args: [{ input }] }) => JSON.parse(Buffer.from(input.Payload as Uint8Array).toString()).host);
    return { metrics, judged };
  }

  test('running instances with the tag are counted by their state; those that are gone are not', async () => {
    running(
      [1, hoursAgo(900)],
      [2, hoursAgo(900)],
      [3, hoursAgo(900)],
      [4, hoursAgo(900)],
      [5, hoursAgo(900)],
      [6, hoursAgo(900)],
    );
    await known(1, 'unchanged', hoursAgo(1));
    await known(2, 'changed', hoursAgo(1));
    await known(3, 'changed in a maintenance window', hoursAgo(1));
    await known(4, 'no baseline', hoursAgo(1));
    await known(5, 'baseline tampered with', hoursAgo(1));
    await known(6, 'state unreadable', hoursAgo(1));
    await known(7, 'changed', hoursAgo(1));
    const { metrics, judged } = await look();
    expect(metrics).toEqual({
      Program: 'Stack/FileIntegrity',
      HostsWatched: 6,
      HostsLate: 0,
      HostsChanged: 1,
      HostsChangedInWindow: 1,
      HostsWithoutBaseline: 1,
      HostsWithTamperedBaseline: 1,
      HostsWithUnreadableState: 1,
    });
    expect(judged).toEqual([]);
    expect(ec2.commandCalls(DescribeInstancesCommand)[0].args[0].input.Filters).toEqual([
      { Name: 'instance-state-name', Values: ['running'] },
      { Name: 'tag:soc2:file-integrity', Values: ['Fleet'] },
    ]);
  });

  test('a host is late that sent nothing for so long, or never since it was started, and not one that just was', async () => {
    running([1, hoursAgo(900)], [2, hoursAgo(51)], [3, hoursAgo(49)], [4, hoursAgo(2)], [5, hoursAgo(900)]);
    await known(1, 'unchanged', hoursAgo(51));
    await known(4, 'unchanged', hoursAgo(500));
    await known(5, 'unchanged', hoursAgo(49));
    expect((await look()).metrics).toMatchObject({ HostsWatched: 5, HostsLate: 2 });
  });

  test.each([
    ['its root volume was', { BlockDeviceMappings: [{ Ebs: { AttachTime: hoursAgo(900) } }] }],
    ['its network interface was', { NetworkInterfaces: [{ Attachment: { AttachTime: hoursAgo(900) } }] }],
  ])('a host that is stopped each night is late all the same, for %s attached long ago', async (_, attached) => {
    const host = (number: number, hours: number) => ({ InstanceId: idOf(number), LaunchTime: hoursAgo(hours), ...attached });
    // The second sent something in time, and the third has just been started.
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [host(1, 10), host(2, 10), host(3, 1)] }] });
    await known(2, 'unchanged', hoursAgo(30));
    expect((await look()).metrics).toMatchObject({ HostsWatched: 3, HostsLate: 1 });
  });

  test('states that nobody judged, because an event was lost, are judged; what others put there is not', async () => {
    running();
    await s3.send(new PutObjectCommand({ Bucket, Key: `fim/inbox/${idOf(1)}/AROA:${idOf(1)}/a.gz`, Body: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: `fim/inbox/${idOf(2)}/AROA:${idOf(2)}/a.gz`, Body: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: `fim/inbox/${idOf(3)}/AROA:${idOf(9)}/a.gz`, Body: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'fim/inbox/../../etc/passwd', Body: 'x' }));
    await known(2, 'unchanged', new Date('2100-01-01'));
    await known(3, 'unchanged', hoursAgo(1), { foreign: [`fim/inbox/${idOf(3)}/AROA:${idOf(9)}/a.gz`] });
    expect((await look()).judged).toEqual([idOf(1)]);
  });

  test('how each host stands is written down once a day, with what was asked', async () => {
    running([1, hoursAgo(900)], [2, hoursAgo(900)]);
    await known(1, 'changed', hoursAgo(1), { baseline: { since: '2026-01-01T00:00:00.000Z', sha256: 'abc' } });
    await look({ report: true });
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket, Key: 'fim/reports/111122223333/eu-west-1/2026-11-20-hosts.json' }),
    );
    const report = JSON.parse(await Body!.transformToString());
    expect(report).toMatchObject({
      counts: { HostsWatched: 2, HostsLate: 1, HostsChanged: 1 },
      query: { api: 'ec2:DescribeInstances' },
      collector: { request: 'request-1' },
    });
    expect(report.hosts).toEqual([
      expect.objectContaining({ host: idOf(1), state: 'changed', isLate: false, baselineSha256: 'abc' }),
      { host: idOf(2), since: hoursAgo(900).toISOString(), started: hoursAgo(900).toISOString(), isLate: true },
    ]);
  });

  test('every page of instances and of the table counts', async () => {
    ec2
      .on(DescribeInstancesCommand)
      .resolves({ Reservations: [{ Instances: [{ InstanceId: idOf(2), LaunchTime: hoursAgo(1) }] }] })
      .on(DescribeInstancesCommand, { NextToken: undefined })
      .resolvesOnce({ Reservations: [{ Instances: [{ InstanceId: idOf(1), LaunchTime: hoursAgo(1) }] }], NextToken: 'more' });
    expect((await look()).metrics.HostsWatched).toBe(2);
  });
});
