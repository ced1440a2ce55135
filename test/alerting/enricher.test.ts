import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { CreateBucketCommand, PutBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SQSRecord } from 'aws-lambda';
import { HEARTBEAT } from '../../src/alerting/alert-settings';
import { makeHandler } from '../../src/alerting/deliver-raw-alert/handler';
import { type Enricher, LIMITS, tell } from '../../src/alerting/enrich-alert/enricher';
import { readEvent } from '../../src/alerting/enrich-alert/read-event';
import { InProgressError, Register } from '../../src/alerting/enrich-alert/register';
import { ENV } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import * as sample from './events';

const TABLE = 'alerts';
const PATH = '/soc2/usual-activity/test';
const HOUR = 3_600_000;

// The emulator gathers the tags of every service, and may be one of many on a machine.
jest.setTimeout(240_000);

describeWithTool(EMULATOR, 'with an account of an emulator', () => {
  let emulator: Emulator;
  let enricher: Enricher;
  let queues: SQSClient;
  let people: string;
  let waiting: string;
  let time: Date;
  const logged: object[] = [];
  const published = new Map<string | undefined, PublishCommand['input']>();

  beforeAll(async () => {
    emulator = await Emulator.start();
    const { options } = emulator;
    const sns = recording(new SNSClient(options));
    queues = new SQSClient(options);
    const dynamodb = new DynamoDBClient(options);
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
    people = await subscribe(sns, TopicArn, 'people', { kind: ['alert'] });
    waiting = await subscribe(sns, TopicArn, 'heartbeats', { kind: ['heartbeat'] });
    await makeTable(dynamodb);
    enricher = {
      sns,
      ssm: new SSMClient(options),
      iam: new IAMClient(options),
      ec2: new EC2Client(options),
      tagging: new ResourceGroupsTaggingAPIClient(options),
      register: new Register(dynamodb, { table: TABLE, foldSeconds: 6 * 3600, keepSeconds: 400 * 86_400 }),
      topicArn: TopicArn,
      usualActivityPath: PATH,
      account: ENV.account,
      environment: 'PRODUCTION',
      runbooks: { 'stolen-credentials': 'https://example.com/runbooks/stolen-credentials.md' },
      log: (entry) => logged.push(entry),
      now: () => time,
    };
  }, 120_000);
  afterAll(() => emulator.stop());
  beforeAll(() => void Object.assign(LIMITS, { lookUp: 120_000, all: 120_000 }));
  beforeEach(async () => {
    time = new Date('2026-11-20T19:00:00Z');
    logged.length = 0;
    await received(people);
  });

  async function subscribe(sns: SNSClient, TopicArn: string, name: string, filter: object): Promise<string> {
    const { QueueUrl = '' } = await queues.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: '43200' } }),
    );
    const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: Attributes!.QueueArn,
        Attributes: { FilterPolicy: JSON.stringify(filter) },
      }),
    );
    expect(SubscriptionArn).toBeDefined();
    return QueueUrl;
  }

  async function makeTable(client: DynamoDBClient): Promise<void> {
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'alert', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'alert', KeyType: 'HASH' }],
      }),
    );
  }

  /** A client that keeps what is published, in all its forms. */
  function recording(client: SNSClient): SNSClient {
    const send = async (command: PublishCommand, options: object) => {
      const answer = await client.send(command, options);
      if (command instanceof PublishCommand) published.set(answer.MessageId, command.input);
      return answer;
    };
    return { send, config: client.config } as unknown as SNSClient;
  }

  /** What a queue received; of what is published in several forms, the text for people. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks for what it expects in there.
  async function received(QueueUrl: string): Promise<any[]> {
    const found = [];
    for (;;) {
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return found;
      for (const { Body } of Messages) {
        const body = JSON.parse(Body!);
        const forms = published.get(body.MessageId);
        found.push(forms?.MessageStructure === 'json' ? { ...body, Message: JSON.parse(forms.Message!).default, forms } : body);
      }
    }
  }

  const unique = (given: sample.Event, changes: object = {}) => {
    const id = createHash('sha1').update(expect.getState().currentTestName!).digest('hex');
    return sample.withDetail(given, { id, arn: `arn:aws:guardduty:eu-west-1:111122223333:detector/d/finding/${id}`, ...changes });
  };

  test('an alert says who, which way in, what is hit and what comes next, with what the account knows', async () => {
    const { iam, ec2 } = enricher;
    await iam.send(new CreateUserCommand({ UserName: 'build' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'build' }));
    time = new Date(AccessKey!.CreateDate!.getTime() + 412 * 24 * HOUR);
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId: Subnets![0].VpcId }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      }),
    );
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'ami-12c6146b',
        MinCount: 1,
        MaxCount: 1,
        SubnetId: Subnets![0].SubnetId,
        SecurityGroupIds: [GroupId!],
        TagSpecifications: [
          {
            ResourceType: 'instance',
            Tags: [
              { Key: 'Owner', Value: 'shop team' },
              { Key: 'DataClassification', Value: 'confidential' },
              { Key: 'Environment', Value: 'production' },
            ],
          },
        ],
      }),
    );
    const instanceId = Instances![0].InstanceId!;
    const found = unique(sample.guardDutyKey, {
      resource: {
        ...sample.guardDutyKey.detail.resource,
        accessKeyDetails: { ...sample.guardDutyKey.detail.resource.accessKeyDetails, accessKeyId: AccessKey!.AccessKeyId },
        instanceDetails: { instanceId },
      },
    });
    expect(await tell(found, 'run', enricher)).toBe('told');
    const [{ Message, Subject }] = await received(people);
    const text = Message as string;
    expect(Subject).toMatch(/^\[HIGH 8\.5\] PRODUCTION 111122223333: API GetCallerIdentity/);
    for (const line of [
      'Principal: build (IAMUser)',
      'Source address: 198.51.100.7',
      'Network (ASN): AS64500 Example Hosting',
      'Country: Reykjavik, Iceland',
      'Second factor: the user has none',
      `Access key: ${AccessKey!.AccessKeyId}, 412 days old`,
      'Call: sts.amazonaws.com:GetCallerIdentity',
      'owner shop team; environment production; data confidential',
      'Tactic (MITRE ATT&CK): TA0001 Initial Access',
      'RUNBOOK: https://example.com/runbooks/stolen-credentials.md',
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/Open to the internet: yes: [\d.]+, port 22 \(tcp\) through sg-/);
    expect(text).not.toContain('NOTE:');
  });

  test('the owner and the data of a bucket are looked up by its tags', async () => {
    const s3 = new S3Client(emulator.options);
    await s3.send(new CreateBucketCommand({ Bucket: 'exports', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    await s3.send(
      new PutBucketTaggingCommand({
        Bucket: 'exports',
        Tagging: {
          TagSet: [
            { Key: 'team', Value: 'data team' },
            { Key: 'classification', Value: 'restricted' },
          ],
        },
      }),
    );
    const { findings } = sample.securityHub.detail;
    await tell(
      sample.withDetail(sample.securityHub, {
        findings: [{ ...findings[0], Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::exports' }] }],
      }),
      'run',
      enricher,
    );
    const [{ Message }] = await received(people);
    expect(Message).toContain('AwsS3Bucket: arn:aws:s3:::exports; owner data team; environment not tagged; data restricted');
  });

  test('the same alert is told once, until the time for it is over', async () => {
    const found = unique(sample.guardDutyKey);
    expect(await tell(found, 'run 1', enricher)).toBe('told');
    expect(await tell({ ...found, id: 'another event' }, 'run 2', enricher)).toBe('told already');
    expect(await received(people)).toHaveLength(1);
    time = new Date(time.getTime() + 6.1 * HOUR);
    expect(await tell(found, 'run 3', enricher)).toBe('told');
  });

  test.each([
    ['another severity', { severity: 8.6 }],
    ['another state', { service: { ...sample.guardDutyKey.detail.service, archived: true } }],
  ])('the same finding with %s is told', async (_what, change) => {
    const found = unique(sample.guardDutyKey);
    await tell(found, 'run 1', enricher);
    expect(await tell(sample.withDetail(found, change), 'run 2', enricher)).toBe('told');
    expect(await received(people)).toHaveLength(2);
  });

  test('that a vulnerability was closed is told, and said in the first word', async () => {
    await tell(sample.inspector, 'run 1', enricher);
    expect(await tell(sample.withDetail(sample.inspector, { status: 'CLOSED' }), 'run 2', enricher)).toBe('told');
    const subjects = (await received(people)).map(({ Subject }) => Subject);
    expect(subjects).toEqual([expect.stringMatching(/^\[HIGH/), expect.stringMatching(/^\[RESOLVED, was HIGH/)]);
  });

  test('a run that failed before it told leaves the alert to the next try', async () => {
    const found = unique(sample.guardDutyKey);
    const broken = { send: () => Promise.reject(new Error('SNS is not there')) } as unknown as SNSClient;
    await expect(tell(found, 'run 1', { ...enricher, sns: broken })).rejects.toThrow('SNS is not there');
    await expect(tell(found, 'run 2', enricher)).rejects.toThrow(InProgressError);
    expect(await tell(found, 'run 1', enricher)).toBe('told');
    expect(await tell(found, 'run 2', enricher)).toBe('told already');
    expect(await received(people)).toHaveLength(1);
  });

  test('a run that died leaves the alert to another after two minutes', async () => {
    const found = unique(sample.guardDutyKey);
    await enricher.register.claim(readEvent(found), found, 'run 1', time, AbortSignal.timeout(5_000));
    time = new Date(time.getTime() + 121_000);
    expect(await tell(found, 'run 2', enricher)).toBe('told');
  });

  describe('usual activity', () => {
    const declare = (changes: object) =>
      enricher.ssm.send(
        new PutParameterCommand({
          Name: `${PATH}/0`,
          Type: 'String',
          Overwrite: true,
          Value: JSON.stringify({
            name: 'deployment',
            reason: 'deployments of the shop',
            owner: 'platform team',
            expires: '2026-11-20',
            principals: ['arn:aws:iam::111122223333:role/Deploy'],
            ...changes,
          }),
        }),
      );
    afterEach(() => enricher.ssm.send(new DeleteParameterCommand({ Name: `${PATH}/0` })));
    const deletion = () => sample.call('s3', 'DeleteBucket', { eventID: expect.getState().currentTestName });

    test('is not told, and goes to the log with its declaration', async () => {
      await declare({});
      expect(await tell(deletion(), 'run', enricher)).toBe('usual');
      expect(await received(people)).toEqual([]);
      expect(logged).toEqual([
        expect.objectContaining({
          outcome: 'usual',
          type: 's3.amazonaws.com:DeleteBucket',
          declared: expect.objectContaining({ owner: 'platform team' }),
        }),
      ]);
    });

    test('is told again from the day after the last one', async () => {
      await declare({});
      time = new Date('2026-11-21T00:00:00Z');
      expect(await tell(deletion(), 'run', enricher)).toBe('told');
    });

    test.each([
      ['another role', { principals: ['arn:aws:iam::111122223333:role/Deplo'] }],
      ['another call', { types: ['rds.amazonaws.com:*'] }],
      ['another source', { sources: ['CREDENTIALS'] }],
      ['another address', { addresses: ['192.0.2.0/24'] }],
      ['neither a role nor an address', { principals: undefined }],
      ['a day that is none', { expires: 'never' }],
    ])('does not cover %s', async (_what, changes) => {
      await declare(changes);
      expect(await tell(deletion(), 'run', enricher)).toBe('told');
    });

    test('covers the address and the call that are declared', async () => {
      await declare({
        principals: undefined,
        addresses: ['198.51.100.0/28', '2001:db8::/32'],
        types: ['s3.amazonaws.com:Delete*'],
      });
      expect(await tell(deletion(), 'run', enricher)).toBe('usual');
    });

    test('never covers the root user, nor what is critical', async () => {
      await declare({ principals: ['*111122223333*'], expires: '2999-01-01' });
      expect(await tell(sample.rootSignIn, 'run', enricher)).toBe('told');
      await declare({ principals: undefined, addresses: ['198.51.100.0/24'], expires: '2999-01-01' });
      expect(await tell(unique(sample.guardDutyKey, { severity: 9 }), 'run', enricher)).toBe('told');
    });

    test('that cannot be read suppresses nothing', async () => {
      await declare({});
      await enricher.ssm.send(new PutParameterCommand({ Name: `${PATH}/0`, Type: 'String', Overwrite: true, Value: 'no JSON' }));
      expect(await tell(deletion(), 'run', enricher)).toBe('told');
      const [{ Message }] = await received(people);
      expect(Message).toContain('NOTE: Not looked up: what is declared as usual');
    });
  });

  test('a heartbeat passes to the queue that waits for it, and to nobody else', async () => {
    expect(await tell({ ...HEARTBEAT, detail: {} }, 'run', enricher)).toBe('heartbeat');
    expect(await received(people)).toEqual([]);
    expect(await received(waiting)).toHaveLength(1);
  });

  describe('when something fails', () => {
    const throttled = () => Promise.reject(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' }));
    const silent = () => new Promise<never>(() => undefined);
    const all = { iam: 1, ec2: 1, tagging: 1, ssm: 1 };
    const withBroken = (send: () => Promise<never>) =>
      Object.fromEntries(Object.keys(all).map((name) => [name, { send, config: {} }]));
    const limits = { ...LIMITS };
    beforeEach(() => Object.assign(LIMITS, { lookUp: 300, all: 900 }));
    afterEach(() => Object.assign(LIMITS, limits));

    test('throttled look-ups are a note, and the finding is told', async () => {
      expect(await tell(unique(sample.guardDutyInstance), 'run', { ...enricher, ...withBroken(throttled) } as Enricher)).toBe(
        'told',
      );
      const [{ Message }] = await received(people);
      expect(Message).toMatch(/NOTE: Not looked up: the network \(ThrottlingException: Rate exceeded\)/);
      expect(Message).toContain('Connection: OUTBOUND TCP local port 39677 Unknown remote port 8333 Unknown');
    });

    test('look-ups that do not answer are left behind in time', async () => {
      const begun = Date.now();
      expect(await tell(unique(sample.guardDutyInstance), 'run', { ...enricher, ...withBroken(silent) } as Enricher)).toBe(
        'told',
      );
      expect(Date.now() - begun).toBeLessThan(10_000);
      const [{ Message }] = await received(people);
      expect(Message).toContain('no answer in time');
      expect(Message).toContain('Source address: 192.0.2.44');
    });

    test('without the table the finding is told, more than once if need be', async () => {
      const register = new Register({ send: throttled } as unknown as DynamoDBClient, {
        table: TABLE,
        foldSeconds: 1,
        keepSeconds: 1,
      });
      const found = unique(sample.guardDutyKey);
      expect(await tell(found, 'run 1', { ...enricher, register })).toBe('told');
      expect(await tell(found, 'run 2', { ...enricher, register })).toBe('told');
      const [{ Message }] = await received(people);
      expect(Message).toContain('NOTE: Not looked up: whether it was told before');
      expect(Message).not.toContain('WHOLE FINDING');
    });

    test.each([
      ['nothing', undefined],
      ['a number', 7],
      ['a list', [1, 2]],
      ['no detail', { source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', id: 'no detail' }],
      [
        'a detail of nulls',
        sample.withDetail(sample.guardDutyKey, {
          id: null,
          arn: null,
          severity: null,
          resource: null,
          service: null,
          type: null,
          title: null,
        }),
      ],
      [
        'a detail of the wrong kinds',
        sample.withDetail(sample.guardDutyKey, {
          arn: { a: 1 },
          severity: 'high',
          resource: [7],
          service: 'x',
          type: 9,
          title: ['t'],
        }),
      ],
      ['findings that are none', sample.withDetail(sample.securityHub, { findings: 'none' })],
      ['an empty list of findings', sample.withDetail(sample.securityHub, { findings: [] })],
      ['names of the language', { source: '__proto__', 'detail-type': 'constructor', id: 'names', detail: { toString: 1 } }],
    ])('an event that is %s is told', async (what, event) => {
      await expect(tell(event, `run ${what}`, enricher)).resolves.toMatch(/^told/);
    });
  });

  const noise = (size: number) =>
    Array.from({ length: size / 50 }, (_, index) => createHash('sha1').update(String(index)).digest('base64')).join('"\\\u0000é');

  test('a finding of 256 KB fits into a message, and is kept whole in its record', async () => {
    const words = noise(112_000);
    const found = unique(sample.guardDutyKey, { description: words, title: words, type: words });
    expect(JSON.stringify(found).length).toBeGreaterThan(256 * 1024);
    expect(await tell(found, 'run', enricher)).toBe('told');
    const [{ Message, forms }] = await received(people);
    expect(Buffer.byteLength(forms.Message)).toBeLessThan(256 * 1024 - 1_000);
    const [, key] = /WHOLE FINDING: record ([0-9a-f]{64}) in table alerts/.exec(Message)!;
    const client = new DynamoDBClient(emulator.options);
    const { Item } = await client.send(new GetItemCommand({ TableName: TABLE, Key: { alert: { S: key } } }));
    expect(JSON.parse(gunzipSync(Item!.event.B!).toString())).toEqual(found);
    const program = JSON.parse(JSON.parse(forms.Message).sqs);
    expect(program).toMatchObject({ source: 'GUARDDUTY', severity: 8.5, event: 'too large for a message' });
  });

  test('a finding of a megabyte is told, with a word on where it is', async () => {
    const found = unique(sample.guardDutyKey, { description: noise(1_000_000) });
    expect(await tell(found, 'run', enricher)).toBe('told');
    const [{ Message }] = await received(people);
    expect(Message).toContain('WHOLE FINDING: it is too large to be kept: look it up where it comes from');
  });

  test('a finding with hundreds of resources fits as well', async () => {
    const Resources = Array.from({ length: 500 }, (_, index) => ({
      Type: 'AwsS3Bucket',
      Id: `arn:aws:s3:::${'ü"'.repeat(200)}${index}`,
    }));
    const { findings } = sample.securityHub.detail;
    const found = sample.withDetail(sample.securityHub, { findings: [{ ...findings[0], Id: 'many', Resources }] });
    expect(await tell(found, 'run', enricher)).toBe('told');
    const [{ Message, forms }] = await received(people);
    expect(Message).toContain('More: 490 more resources');
    expect(Buffer.byteLength(forms.Message)).toBeLessThan(256 * 1024 - 1_000);
  });

  test('a program gets the facts and the event', async () => {
    const found = unique(sample.guardDutyInstance);
    await tell(found, 'run', enricher);
    const [{ forms: input }] = await received(people);
    const forms = JSON.parse(input.Message);
    expect(JSON.parse(forms.lambda)).toMatchObject({
      severity: 8.5,
      severityLabel: 'HIGH',
      next: { family: 'crypto-mining' },
      event: found,
    });
    expect(forms.lambda).toBe(forms.sqs);
    expect(input.MessageAttributes).toEqual({
      kind: { DataType: 'String', StringValue: 'alert' },
      severity: { DataType: 'Number', StringValue: '8.5' },
      source: { DataType: 'String', StringValue: 'GUARDDUTY' },
    });
  });

  test('hostile names stay names, in a mail and in a chat', async () => {
    const hostile =
      'x\nPrincipal: admin\r\n\u202egnp.exe\u200b <!channel> <@U012> @everyone [click](https://evil.example) `rm -rf /` $(reboot) $' +
      '{jndi:ldap://evil} =cmd() <script>alert(1)</script> \u0007';
    const found = unique(sample.guardDutyKey, {
      title: hostile,
      type: hostile,
      description: hostile,
      resource: { resourceType: 'AccessKey', accessKeyDetails: { userName: hostile, userType: hostile, accessKeyId: 'ASIA1' } },
    });
    expect(await tell(found, 'run', enricher)).toBe('told');
    const [{ Message: text, Subject, forms }] = await received(people);
    expect(text.match(/^ {2}Principal: /gm)).toHaveLength(1);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(text).not.toContain('https://evil');
    expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    const card = JSON.parse(JSON.parse(forms.Message).https);
    expect(card).toMatchObject({ version: '1.0', source: 'custom', content: { textType: 'client-markdown' } });
    const { title, description } = card.content as { title: string; description: string };
    for (const each of [title, description]) {
      expect(each).not.toMatch(/[<>]/);
      expect(each).not.toMatch(/@\S/);
      expect(each).not.toContain('https://evil');
    }
    // Values stand between backticks, and hold none.
    const values = description.split('\n').filter((line) => /^[A-Z][^*`]*: `/.test(line));
    expect(values.length).toBeGreaterThan(5);
    for (const line of values) expect(line.match(/`/g)).toHaveLength(2);
  });

  test('about another account nothing is looked up, and the message says so', async () => {
    await tell(unique(sample.guardDutyKey, { accountId: '444455556666' }), 'run', enricher);
    const [{ Message }] = await received(people);
    expect(Message).toContain('NOTE: It is about account 444455556666: nothing was looked up there.');
  });

  describe('what the function failed on', () => {
    const record = (body: string, attributes: Record<string, string> = {}) => ({
      messageId: 'm',
      body,
      messageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue, dataType: 'String' }]),
      ),
    });
    const deliver = (sns: SNSClient, body: string, attributes?: Record<string, string>) =>
      makeHandler(sns, enricher.topicArn)({ Records: [record(body, attributes) as unknown as SQSRecord] });

    test('is delivered as it came, with the reason', async () => {
      const body = JSON.stringify(sample.guardDutyKey);
      expect(await deliver(enricher.sns, body, { ErrorMessage: 'Task timed out after 60.00 seconds' })).toEqual({
        batchItemFailures: [],
      });
      const [{ Message, Subject }] = await received(people);
      expect(Subject).toMatch(/^\[NOT ENRICHED\] GuardDuty Finding UnauthorizedAccess:IAMUser/);
      expect(Message).toContain('ErrorMessage: Task timed out after 60.00 seconds');
      expect(JSON.parse(Message.split('\n\n')[1])).toEqual(sample.guardDutyKey);
    });

    test('is delivered in parts when it is too large for one, and nothing of it is lost', async () => {
      const body = JSON.stringify(sample.withDetail(sample.guardDutyKey, { description: 'é"\n@'.repeat(100_000) }));
      await deliver(enricher.sns, body);
      const parts = await received(people);
      expect(parts.length).toBeGreaterThan(1);
      const bySubject = [...parts].sort((a, b) => partOf(a.Subject) - partOf(b.Subject));
      const whole = bySubject.map(({ Message }) => Message.slice(Message.indexOf('\n\n') + 2)).join('');
      expect(JSON.parse(whole)).toEqual(JSON.parse(body));
    });
    const partOf = (subject: string) => Number(/part (\d+)/.exec(subject)![1]);

    test('is delivered also when it is no JSON, and hostile', async () => {
      await deliver(enricher.sns, 'no JSON \u202e <!channel> @here https://evil.example');
      const [{ Message }] = await received(people);
      expect(Message).not.toMatch(/[\u202e<>@]/);
      expect(Message).not.toContain('https://evil');
    });

    test('stays in the queue when SNS does not take it', async () => {
      const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
      const sns = { send: () => Promise.reject(new Error('KMSDisabled')) } as unknown as SNSClient;
      expect(await deliver(sns, '{}')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
      expect(quiet).toHaveBeenCalledTimes(1);
    });
  });

  test('a record that somebody made by hand keeps no alert back', async () => {
    const found = unique(sample.guardDutyKey);
    const client = new DynamoDBClient(emulator.options);
    const alert = { S: Register.keyOf(readEvent(found)) };
    await client.send(new PutItemCommand({ TableName: TABLE, Item: { alert, until: { N: '9999999999' } } }));
    // Not told by anybody: Lambda tries again, and in the end it is delivered as it came.
    await expect(tell(found, 'run', enricher)).rejects.toThrow(InProgressError);
  });

  test('without any table at all, the finding is told', async () => {
    const client = new DynamoDBClient(emulator.options);
    await client.send(new DeleteTableCommand({ TableName: TABLE }));
    expect(await tell(unique(sample.guardDutyKey), 'run', enricher)).toBe('told');
    await makeTable(client);
  });
});
