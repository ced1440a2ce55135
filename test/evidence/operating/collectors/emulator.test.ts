import { Readable } from 'node:stream';
import { BackupClient, CreateBackupVaultCommand } from '@aws-sdk/client-backup';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { ConfigServiceClient, PutConfigRuleCommand } from '@aws-sdk/client-config-service';
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { BatchImportFindingsCommand, EnableSecurityHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreatePatchBaselineCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AwsClients } from '../../../../src/evidence/operating/aws-clients';
import type { Collector } from '../../../../src/evidence/operating/collector';
import { COLLECTORS } from '../../../../src/evidence/operating/registry';
import { EMULATOR, Emulator } from '../../../helpers/emulator';
import { describeWithTool } from '../../../helpers/optional';
import { ACCOUNT, MemoryFiles, NOW, PERIOD, REGION, run } from './fake-aws';

const collector = (id: string): Collector => COLLECTORS.find((each) => each.id === id)!;

describeWithTool(EMULATOR, 'against an emulator of AWS', () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await Emulator.start();
    const { options } = emulator;
    await new BackupClient(options).send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
    await new ConfigServiceClient(options).send(
      new PutConfigRuleCommand({
        ConfigRule: {
          ConfigRuleName: 'encrypted',
          Source: { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED' },
        },
      }),
    );
    await new GuardDutyClient(options).send(new CreateDetectorCommand({ Enable: true }));
    const hub = new SecurityHubClient(options);
    await hub.send(new EnableSecurityHubCommand({}));
    await hub.send(
      new BatchImportFindingsCommand({
        Findings: ['one', 'two', 'three'].map((Id) => ({
          Id,
          SchemaVersion: '2018-10-08',
          ProductArn: `arn:aws:securityhub:${REGION}:${ACCOUNT}:product/${ACCOUNT}/default`,
          GeneratorId: 'test',
          AwsAccountId: ACCOUNT,
          Types: ['Software and Configuration Checks'],
          CreatedAt: '2026-11-03T00:00:00Z',
          UpdatedAt: '2026-11-04T00:00:00Z',
          Severity: { Label: 'HIGH' },
          Title: 'A finding',
          Description: 'Of the test',
          Resources: [{ Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${Id}` }],
        })),
      }),
    );
    await new SSMClient(options).send(new CreatePatchBaselineCommand({ Name: 'ours' }));
    const users = new IAMClient(options);
    await users.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14 }));
    for (const UserName of ['ada', 'bob', '=cmd|calc'])
      await users.send(new CreateUserCommand({ UserName })).catch(() => undefined);
    const { VirtualMFADevice: device } = await users.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'ada' }));
    await users.send(
      new EnableMFADeviceCommand({
        UserName: 'ada',
        SerialNumber: device!.SerialNumber,
        AuthenticationCode1: '123456',
        AuthenticationCode2: '654321',
      }),
    );
    const topics = new SNSClient(options);
    const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: 'alerts' }));
    await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }));
    await new CloudWatchClient(options).send(
      new PutMetricAlarmCommand({
        AlarmName: 'cpu',
        AlarmActions: [TopicArn!],
        Namespace: 'AWS/RDS',
        MetricName: 'CPUUtilization',
        Statistic: 'Average',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 80,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
  }, 120_000);

  afterAll(() => emulator.stop());

  /** What the emulator has the API of, with how many rows there are. */
  const KNOWN: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
    ['cloudtrail-settings', { trails: 0, 'trail-status': 0, 'event-selectors': 0, 'insight-selectors': 0 }],
    ['backups', { vaults: 1 }],
    ['config-rules', { recorders: 0, rules: 1 }],
    ['guardduty', { detectors: 1 }],
    ['security-hub', { hub: 1, findings: 3 }],
    ['inspector', { status: 0, 'open-findings': 0, 'closed-findings': 0, 'suppressed-findings': 0 }],
    ['patches', { baselines: 1 }],
    [
      'iam',
      { 'credential-report': 3, 'account-summary': 1, 'password-policy': 1, users: 3, 'mfa-devices': 1, 'account-aliases': 0 },
    ],
    ['alarms', { alarms: 1, 'alert-topics': 1, 'alert-subscriptions': 1 }],
  ];

  const counted = async (id: string, expected: Readonly<Record<string, number>>, clients: AwsClients) => {
    const aws = { client: clients.of.bind(clients) };
    const result = await run(collector(id), aws, new MemoryFiles(), { now: () => NOW, period: PERIOD });
    return Object.fromEntries(
      Object.keys(expected).map((query) => {
        const { rows, missing, duplicates } = result.record(query);
        return [query, missing.length > 0 ? missing.join() : rows + duplicates];
      }),
    );
  };

  test.each(KNOWN)('%s collects what is there', async (id, expected) => {
    const clients = new AwsClients({ ...emulator.options, requestHandler: undefined });
    expect(await counted(id, expected, clients)).toEqual(expected);
  });

  test.each(['config-rules', 'iam'])('%s collects the same when every first call is throttled', async (id) => {
    const [, expected] = KNOWN.find(([each]) => each === id)!;
    const faulty = new FirstFails(429, '');
    const clients = new AwsClients({ ...emulator.options, maxAttempts: 3, requestHandler: faulty as never });
    expect(await counted(id, expected, clients)).toEqual(expected);
    expect(faulty.failed).toBeGreaterThan(0);
  });

  test.each(['cloudtrail-settings', 'guardduty', 'security-hub', 'iam'])(
    '%s collects the same when the clock is wrong',
    async (id) => {
      const [, expected] = KNOWN.find(([each]) => each === id)!;
      const faulty = new FirstFails(403, 'RequestTimeTooSkewed', new Date(Date.now() + 3 * 3_600_000));
      const clients = new AwsClients({ ...emulator.options, maxAttempts: 3, requestHandler: faulty as never });
      expect(await counted(id, expected, clients)).toEqual(expected);
      expect(faulty.failed).toBeGreaterThan(0);
    },
  );
});

type Handler = IAMClient['config']['requestHandler'];
type Request = Parameters<Handler['handle']>[0];

/** Sends requests on, but answers the first of each kind itself. */
class FirstFails {
  public failed = 0;
  private readonly seen = new Set<string>();
  private readonly inner: Handler = new IAMClient({}).config.requestHandler;

  constructor(
    private readonly status: number,
    private readonly code: string,
    private readonly date = new Date(),
  ) {}

  public handle(request: Request) {
    const kind = [request.method, request.path, request.headers['x-amz-target'], said(request.body)].join(' ');
    if (this.seen.has(kind)) return this.inner.handle(request);
    this.seen.add(kind);
    this.failed += 1;
    const isXml = String(request.headers['content-type']).includes('urlencoded');
    const body = isXml
      ? `<ErrorResponse><Error><Code>${this.code}</Code><Message>of the test</Message></Error></ErrorResponse>`
      : '{}';
    return Promise.resolve({
      response: {
        statusCode: this.status,
        headers: {
          date: this.date.toUTCString(),
          'x-amzn-errortype': this.code,
          'content-type': isXml ? 'text/xml' : 'application/json',
        },
        body: Readable.from(Buffer.from(body)),
      },
    });
  }
}

function said(body: unknown): string {
  return typeof body === 'object' && body !== null ? new TextDecoder().decode(body as Uint8Array) : String(body ?? '');
}
