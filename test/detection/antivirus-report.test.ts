import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetDetectorCommand,
  GuardDutyClient,
  ListCoverageCommand,
  ListDetectorsCommand,
  ListMalwareScansCommand,
  StartMalwareScanCommand,
} from '@aws-sdk/client-guardduty';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { AntivirusReport, type AntivirusReportProps, SecureBucket } from '../../src';
import { makeHandler } from '../../src/detection/antivirus-report/handler';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, template } from '../helpers/template';

const NOW = new Date('2026-11-20T04:50:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const idOf = (number: number) => `i-${number.toString(16).padStart(17, '0')}`;
const arnOf = (number: number) => `arn:aws:ec2:eu-west-1:111122223333:instance/${idOf(number)}`;

const guardDutyClient = new GuardDutyClient({ region: 'eu-west-1' });
const ec2Client = new EC2Client({ region: 'eu-west-1' });
const s3Client = new S3Client({ region: 'eu-west-1' });
const guardDuty = mockClient(guardDutyClient);
const ec2 = mockClient(ec2Client);
const s3 = mockClient(s3Client);

const agents = ['EC2_AGENT_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EKS_ADDON_MANAGEMENT'] as const;
const features = (status: 'ENABLED' | 'DISABLED') => [
  { Name: 'EBS_MALWARE_PROTECTION' as const, Status: 'ENABLED' as const },
  {
    Name: 'RUNTIME_MONITORING' as const,
    Status: status,
    AdditionalConfiguration: agents.map((Name) => ({ Name, Status: status })),
  },
];
const covered = (number: number, CoverageStatus: 'HEALTHY' | 'UNHEALTHY', Issue?: string) => ({
  ResourceId: `coverage-${number}`,
  CoverageStatus,
  Issue,
  UpdatedAt: hoursAgo(1),
  ResourceDetails: {
    ResourceType: 'EC2' as const,
    Ec2InstanceDetails: { InstanceId: idOf(number), AgentDetails: { Version: '1.9.0' }, ManagementType: 'AUTO_MANAGED' as const },
  },
});
const scan = (number: number, hours: number, more: object = {}) => ({
  ScanId: `scan-${number}`,
  ResourceArn: arnOf(number),
  ScanStatus: 'COMPLETED' as const,
  ScanResultStatus: 'NO_THREATS_FOUND' as const,
  ScanType: 'ON_DEMAND' as const,
  ScanStartedAt: hoursAgo(hours + 1),
  ScanCompletedAt: hoursAgo(hours),
  ...more,
});
const running = (...hosts: [number, number][]) =>
  ec2.on(DescribeInstancesCommand).resolves({
    Reservations: hosts.map(([number, hours]) => ({ Instances: [{ InstanceId: idOf(number), LaunchTime: hoursAgo(hours) }] })),
  });

beforeEach(() => {
  for (const mock of [guardDuty, ec2, s3]) mock.reset();
  s3.on(PutObjectCommand).resolves({});
  guardDuty.on(ListDetectorsCommand).resolves({ DetectorIds: ['detector'] });
  guardDuty.on(GetDetectorCommand).resolves({ Status: 'ENABLED', Features: features('ENABLED') });
  guardDuty.on(ListCoverageCommand).resolves({ Resources: [] });
  guardDuty.on(ListMalwareScansCommand).resolves({ Scans: [] });
  guardDuty.on(StartMalwareScanCommand).resolves({ ScanId: 'new' });
  running();
});

async function run({ scanDays, remaining = () => 900_000 }: { scanDays?: number; remaining?: () => number } = {}) {
  const lines: string[] = [];
  const handler = makeHandler({
    guardDuty: guardDutyClient,
    ec2: ec2Client,
    s3: s3Client,
    environment: { REPORT_BUCKET: 'evidence', REPORT_PREFIX: 'antivirus/', ...(scanDays && { SCAN_DAYS: String(scanDays) }) },
    now: () => NOW,
    write: (line) => lines.push(line),
  });
  const context = {
    getRemainingTimeInMillis: remaining,
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:antivirus',
    awsRequestId: 'request-1',
  };
  const error = await handler({}, context).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  const { _aws, ...metrics } = JSON.parse(lines[0]);
  const [json, csv] = s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
  return { metrics, error, keys: [json.Key, csv.Key], report: JSON.parse(String(json.Body)), csv: String(csv.Body) };
}

test('agents are reported with how they are, their version, and who updates them', async () => {
  running([1, 900], [2, 900]);
  guardDuty
    .on(ListCoverageCommand)
    .resolves({ Resources: [covered(1, 'HEALTHY'), covered(2, 'UNHEALTHY', 'Agent Not Reporting')] });
  const { metrics, report, keys, error } = await run();
  expect(error).toBeUndefined();
  expect(keys).toEqual(['json', 'csv'].map((end) => `antivirus/111122223333/eu-west-1/2026-11-20/antivirus.${end}`));
  expect(metrics).toEqual({
    FeaturesOff: 0,
    ResourcesCovered: 1,
    ResourcesUnhealthy: 1,
    InstancesNotCovered: 0,
    ResourcesWithThreats: 0,
  });
  expect(report.updates).toMatchObject({
    off: [],
    agents: { 'AUTO_MANAGED 1.9.0': 2 },
    features: { 'RUNTIME_MONITORING/EC2_AGENT_MANAGEMENT': 'ENABLED' },
  });
  expect(report.resources[1]).toMatchObject({ resource: idOf(2), agent: 'UNHEALTHY', issue: 'Agent Not Reporting' });
});

test('an instance that GuardDuty does not list is seen, and counts after a day', async () => {
  running([1, 900], [2, 25], [3, 23]);
  guardDuty.on(ListCoverageCommand).resolves({ Resources: [covered(1, 'HEALTHY')] });
  const { metrics, report } = await run();
  expect(metrics.InstancesNotCovered).toBe(1);
  expect(report.resources.map(({ agent }: { agent: string }) => agent)).toEqual(['HEALTHY', 'NONE', 'NONE']);
});

test('servers that are stopped each night count as well, from when they were made and not from their last start', async () => {
  const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { AttachTime: hoursAgo(900) } }];
  const started = (number: number, hours: number) => ({
    InstanceId: idOf(number),
    LaunchTime: hoursAgo(hours),
    BlockDeviceMappings,
  });
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [started(1, 10), started(2, 10), started(3, 1)] }] });
  guardDuty.on(ListMalwareScansCommand).resolves({ Scans: [scan(2, 24), scan(3, 24)] });
  const { metrics, report } = await run({ scanDays: 7 });
  // The third has just been started: its agent is on its way.
  expect(metrics).toMatchObject({ InstancesNotCovered: 2, InstancesNotScanned: 1 });
  expect(report.scanning.asked).toEqual([{ resource: idOf(1), scan: 'new' }]);
  expect(report.resources[0]).toMatchObject({ since: hoursAgo(900).toISOString(), started: hoursAgo(10).toISOString() });
});

test('what nobody says is not taken for good: how an agent is, and when an instance was started', async () => {
  ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{ InstanceId: idOf(2) }] }] });
  guardDuty.on(ListCoverageCommand).resolves({ Resources: [{ ...covered(1, 'HEALTHY'), CoverageStatus: undefined }] });
  const { metrics } = await run();
  expect(metrics).toMatchObject({ ResourcesCovered: 0, ResourcesUnhealthy: 1, InstancesNotCovered: 1 });
});

test('clusters are reported with how many of their nodes are covered', async () => {
  guardDuty.on(ListCoverageCommand).resolves({
    Resources: [
      {
        CoverageStatus: 'UNHEALTHY',
        ResourceDetails: {
          ResourceType: 'EKS',
          EksClusterDetails: { ClusterName: 'shop', CoveredNodes: 2, CompatibleNodes: 3, ManagementType: 'MANUAL' },
        },
      },
      {
        CoverageStatus: 'UNHEALTHY',
        ResourceDetails: {
          ResourceType: 'ECS',
          EcsClusterDetails: { ClusterName: 'web', FargateDetails: { Issues: ['no endpoint'], ManagementType: 'AUTO_MANAGED' } },
        },
      },
    ],
  });
  const { report } = await run();
  expect(report.resources).toEqual([
    expect.objectContaining({ resource: 'shop', type: 'EKS', nodes: '2 of 3', agentUpdates: 'MANUAL' }),
    expect.objectContaining({ resource: 'web', type: 'ECS', issue: 'no endpoint', agentUpdates: 'AUTO_MANAGED' }),
  ]);
});

test.each([
  ['GuardDuty is off', () => guardDuty.on(ListDetectorsCommand).resolves({ DetectorIds: [] }), ['GUARDDUTY']],
  [
    'it is suspended',
    () => guardDuty.on(GetDetectorCommand).resolves({ Status: 'DISABLED', Features: features('ENABLED') }),
    ['GUARDDUTY'],
  ],
  [
    'runtime monitoring is off',
    () => guardDuty.on(GetDetectorCommand).resolves({ Status: 'ENABLED', Features: features('DISABLED') }),
    ['RUNTIME_MONITORING'],
  ],
  [
    'features are not told',
    () => guardDuty.on(GetDetectorCommand).resolves({ Status: 'ENABLED' }),
    ['EBS_MALWARE_PROTECTION', 'RUNTIME_MONITORING'],
  ],
])('where %s, that is counted', async (_, prepare, off) => {
  prepare();
  const { metrics, report } = await run();
  expect(metrics.FeaturesOff).toBe(off.length);
  expect(report.updates.off).toEqual(off);
});

test('the newest scan of an instance counts that came to its end', async () => {
  running([1, 900]);
  guardDuty.on(ListCoverageCommand).resolves({ Resources: [covered(1, 'HEALTHY')] });
  guardDuty.on(ListMalwareScansCommand).resolves({
    Scans: [
      scan(1, 100),
      scan(1, 50, { ScanResultStatus: 'THREATS_FOUND' }),
      scan(1, 10, { ScanStatus: 'FAILED' }),
      scan(1, 5, { ScanStatus: 'RUNNING', ScanCompletedAt: undefined }),
    ],
  });
  const { metrics, report } = await run();
  expect(report.resources[0]).toMatchObject({ lastScan: hoursAgo(50).toISOString(), lastScanResult: 'THREATS_FOUND' });
  expect(metrics.ResourcesWithThreats).toBe(1);
  expect(report.scanning.scans).toHaveLength(4);
});

test('no scan is asked for unless that is wanted', async () => {
  running([1, 900]);
  const { metrics } = await run();
  expect(guardDuty.commandCalls(StartMalwareScanCommand)).toEqual([]);
  expect(metrics).not.toHaveProperty('InstancesNotScanned');
});

test('instances that are due are scanned, and those that are late by a day count', async () => {
  running([1, 900], [2, 900], [3, 900], [4, 100]);
  guardDuty.on(ListMalwareScansCommand).resolves({ Scans: [scan(1, 24 * 9), scan(2, 24 * 7 + 1), scan(3, 24)] });
  const { metrics, report } = await run({ scanDays: 7 });
  const asked = guardDuty.commandCalls(StartMalwareScanCommand).map(({ args: [{ input }] }) => input.ResourceArn);
  expect(asked).toEqual([arnOf(1), arnOf(2)]);
  expect(metrics.InstancesNotScanned).toBe(1);
  expect(report.scanning).toMatchObject({
    everyDays: 7,
    asked: [
      { resource: idOf(1), scan: 'new' },
      { resource: idOf(2), scan: 'new' },
    ],
  });
});

test('a scan that GuardDuty refuses is in the report, and the others are asked for', async () => {
  running([1, 900], [2, 900]);
  guardDuty
    .on(StartMalwareScanCommand, { ResourceArn: arnOf(1) })
    .rejects(Object.assign(new Error('scanned already'), { name: 'ConflictException' }));
  const { report, error } = await run({ scanDays: 7 });
  expect(error).toBeUndefined();
  expect(report.scanning.asked).toEqual([
    { resource: idOf(1), problem: 'ConflictException: scanned already' },
    { resource: idOf(2), scan: 'new' },
  ]);
});

test('every page counts; what was read before a page fails is reported, and the function fails', async () => {
  guardDuty.on(ListCoverageCommand).resolves({ Resources: [covered(1, 'HEALTHY')], NextToken: 'more' });
  guardDuty
    .on(ListCoverageCommand, { NextToken: 'more' })
    .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
  const { report, error, metrics } = await run();
  expect(report).toMatchObject({ complete: false, problems: ['coverage: ThrottlingException: slow down'] });
  // Of the rest nobody knows: a zero would end an alarm.
  expect(metrics).toEqual({ FeaturesOff: 0, ResourcesCovered: 1 });
  expect(error).toBe('The report on antivirus is not whole: coverage: ThrottlingException: slow down');
});

test('without time for all, what was read is reported as not whole', async () => {
  guardDuty.on(ListMalwareScansCommand).resolves({ Scans: [scan(1, 1)], NextToken: 'more' });
  const { report } = await run({ remaining: () => 0 });
  expect(report.problems).toContain('scans: there was no time for the rest of the list');
});

test('a table program takes nothing in the file for a formula', async () => {
  guardDuty.on(ListCoverageCommand).resolves({ Resources: [covered(1, 'UNHEALTHY', '=HYPERLINK("http://x","y")\nnext')] });
  const { csv } = await run();
  expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")`);
  expect(csv.split('\n')[0]).toBe(
    'resource,type,agent,agentVersion,agentUpdates,agentSeen,nodes,issue,since,started,lastScan,lastScanResult',
  );
});

describe('the construct', () => {
  const make =
    (props: Partial<AntivirusReportProps> = {}) =>
    (stack: Stack) =>
      new AntivirusReport(stack, 'Antivirus', { bucket: new SecureBucket(stack, 'Evidence'), ...props });
  const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');
  keepsItsPromises({ make: make() });
  describe('with scans and alarms', () =>
    keepsItsPromises({ make: (stack) => make({ scanEvery: Duration.days(7), alarmTopic: topicIn(stack) })(stack) }));

  test('may start scans only where they are wanted', () => {
    expect(actions(template(make()), /ReportFunction/)).not.toContain('guardduty:StartMalwareScan');
    expect(actions(template(make({ scanEvery: Duration.days(1) })), /ReportFunction/)).toEqual(
      expect.arrayContaining(['guardduty:StartMalwareScan', 'iam:GetRole']),
    );
  });

  test('alarms tell of each, and when nobody looked', () => {
    const named = (props: Partial<AntivirusReportProps>) =>
      resources(
        template((stack) => make({ alarmTopic: topicIn(stack), ...props })(stack)),
        'AWS::CloudWatch::Alarm',
      )
        .filter(({ Properties }) => Properties.Namespace === 'Soc2/Antivirus')
        .map(({ Properties }) => `${Properties.MetricName} ${Properties.Statistic}`);
    const always = [
      'FeaturesOff Maximum',
      'FeaturesOff SampleCount',
      'InstancesNotCovered Maximum',
      'ResourcesUnhealthy Maximum',
    ];
    expect(named({}).sort()).toEqual(always);
    expect(named({ scanEvery: Duration.days(1) }).sort()).toEqual([...always, 'InstancesNotScanned Maximum'].sort());
    expect(resources(template(make()), 'AWS::CloudWatch::Alarm')).toEqual([]);
  });

  test.each([0.5, 0, 91])('scans every %d days are refused', (days) => {
    expect(() => template(make({ scanEvery: Duration.hours(days * 24) }))).toThrow("'scanEvery' must be whole days from 1 to 90");
  });
});
