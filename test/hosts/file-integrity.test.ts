import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { FileIntegrity, type FileIntegrityProps, SecureBucket } from '../../src';
import { checkRate } from '../../src/hosts/check-rate';
import { readState } from '../../src/hosts/file-integrity/read-state';
import { acceptDocument, checkDocument } from '../../src/hosts/file-integrity-documents';
import { only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';
import { commandErrors } from './ssm-documents';

const make =
  (props: Partial<FileIntegrityProps> = {}) =>
  (stack: Stack) =>
    new FileIntegrity(stack, 'FileIntegrity', { bucket: new SecureBucket(stack, 'Evidence'), ...props });
const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');
const vpcIn = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-1'],
    privateSubnetRouteTableIds: ['rtb-1'],
  });
const instanceIn = (stack: Stack, role?: iam.IRole) =>
  new ec2.Instance(stack, 'Host', {
    vpc: vpcIn(stack),
    instanceType: new ec2.InstanceType('t4g.small'),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }),
    role,
  });

describe('with what it requires', () => keepsItsPromises({ make: make() }));
describe('with all there is', () =>
  keepsItsPromises({
    make: (stack) => make({ alarmTopic: topicIn(stack), maintenanceWindows: ['mw-0123456789abcdef0'], paths: ['/etc'] })(stack),
  }));

const check = (props?: Partial<FileIntegrityProps>) => {
  const documents = resources(template(make(props)), 'AWS::SSM::Document');
  return documents.find(({ Properties }) => Properties.DocumentType === 'Command')!.Properties.Content;
};

test('every host with the tag is checked once a day, a failure on one leaves none of the others out', () => {
  expect(only(template(make()), 'AWS::SSM::Association').Properties).toMatchObject({
    Targets: [{ Key: 'tag:soc2:file-integrity', Values: [expect.stringContaining('FileIntegrity')] }],
    ScheduleExpression: 'rate(24 hours)',
    MaxConcurrency: '9%',
    MaxErrors: '100%',
    ComplianceSeverity: 'HIGH',
  });
});

test('each platform runs its own script, and neither has anything that Systems Manager would fill in', () => {
  const { schemaVersion, mainSteps } = check();
  expect(schemaVersion).toBe('2.2');
  expect(mainSteps.map(({ precondition }: { precondition: unknown }) => precondition)).toEqual([
    { StringEquals: ['platformType', 'Linux'] },
    { StringEquals: ['platformType', 'Windows'] },
  ]);
  const lines = mainSteps.flatMap(({ inputs }: { inputs: { runCommand: string[] } }) => inputs.runCommand);
  expect(lines.filter((line: unknown) => JSON.stringify(line).includes('{{'))).toEqual([]);
  expect(JSON.stringify(mainSteps).length).toBeLessThan(60_000);
});

const SETTINGS = {
  bucketName: 'evidence',
  prefix: 'file-integrity/',
  region: 'eu-west-1',
  paths: ['/etc'],
  ignoredPaths: [],
  windowsPaths: ['C:\\Windows'],
  ignoredWindowsPaths: [],
};
test('the document that checks is as the documentation has it', () => {
  expect(commandErrors(checkDocument(SETTINGS))).toEqual([]);
});

test('the document that accepts is as the published schema has it', () => {
  const schema = join(require.resolve('aws-ssm-document-language-service'), '..', 'schema.json');
  const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  );
  const role = 'arn:aws:iam::111122223333:role/Accept';
  validate(JSON.parse(JSON.stringify(acceptDocument({ role, checkDocument: 'Check', functionName: 'judge' }))));
  expect(validate.errors ?? []).toEqual([]);
});

test('what is looked at, and what is left out, is as it was asked', () => {
  const { mainSteps } = check({
    paths: ['/srv/app+1.2'],
    ignoredPaths: ['/srv/app+1.2/log'],
    windowsPaths: ['D:\\App Data'],
    ignoredWindowsPaths: [],
  });
  const [linux, windows] = mainSteps.map(({ inputs }: { inputs: { runCommand: unknown[] } }) => inputs.runCommand);
  expect(linux.slice(2, 7)).toEqual([
    "SOC2_PATHS='/srv/app+1.2'",
    "SOC2_RULES='!/srv/app\\+1\\.2/log$",
    '!/srv/app\\+1\\.2/log/',
    '/srv/app\\+1\\.2$ SOC2',
    "/srv/app\\+1\\.2/ SOC2'",
  ]);
  expect(windows).toEqual(expect.arrayContaining(["$Soc2Paths = @('D:\\App Data')", '$Soc2Ignored = @()']));
});

test('a host gets the tag, and may write below its own identity and do nothing else with the bucket', () => {
  const built = template((stack) => make()(stack).watch(instanceIn(stack)));
  const { Tags } = only(built, 'AWS::EC2::Instance').Properties;
  expect(Tags).toContainEqual({ Key: 'soc2:file-integrity', Value: expect.stringContaining('FileIntegrity') });
  const onBucket = statements(built, /HostInstanceRole/).filter(({ Action }) => String(Action).includes('s3:'));
  expect(onBucket).toHaveLength(1);
  expect(onBucket[0].Action).toBe('s3:PutObject');
  expect(JSON.stringify(onBucket[0].Resource)).toContain('/file-integrity/inbox/*i-*/${aws:userid}/*');
  const onKey = statements(built, /HostInstanceRole/).filter(({ Action }) => String(Action).includes('kms:'));
  expect(onKey.map(({ Condition }) => Condition)).toEqual([{ StringLike: { 'kms:ViaService': expect.anything() } }]);
});

test('instances of an Auto Scaling group get the tag when they are launched', () => {
  const built = template((stack) => {
    const group = new autoscaling.AutoScalingGroup(stack, 'Group', {
      vpc: vpcIn(stack),
      instanceType: new ec2.InstanceType('t4g.small'),
      machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }),
    });
    make()(stack).watch(group);
  });
  expect(only(built, 'AWS::AutoScaling::AutoScalingGroup').Properties.Tags).toContainEqual(
    expect.objectContaining({ Key: 'soc2:file-integrity', PropagateAtLaunch: true }),
  );
});

test('what is no construct is no host', () => {
  const topic = { grantPrincipal: new iam.AnyPrincipal() };
  expect(() => template((stack) => make()(stack).watch(topic))).toThrow("'host' must be an instance or an Auto Scaling group");
});

test('the function that judges may write baselines and reports, and no states', () => {
  const built = template(make());
  const puts = statements(built, /JudgeFunction/).filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
  expect(JSON.stringify(puts)).toMatch(/baselines\/\*.*reports\/\*/);
  expect(JSON.stringify(puts)).not.toContain('inbox');
  expect(actions(built, /JudgeFunction/)).not.toContain('s3:DeleteObject');
});

test('the function that judges is told by S3 when a baseline is gone, which only who may list it is', () => {
  const [list] = statements(template(make()), /JudgeFunction/).filter(({ Action }) => Action === 's3:ListBucket');
  expect(list.Condition).toEqual({
    StringLike: { 's3:prefix': ['file-integrity/inbox/*', 'file-integrity/baselines/*'] },
  });
});

test('the hourly look may neither read nor change states and baselines', () => {
  const all = actions(template(make()), /SweepFunction/);
  expect(all.filter((action) => action.startsWith('s3:'))).toEqual(['s3:ListBucket', 's3:PutObject']);
  expect(all.filter((action) => action.startsWith('dynamodb:'))).toEqual(['dynamodb:Scan']);
});

test('a state that does not say what files hold cannot be read: compared without that, any file would be unchanged', () => {
  const state = (columns: string) =>
    gzipSync(`@@soc2-state 1\n@@soc2-database\n@@db_spec ${columns}\n/etc/passwd 100644 0a\n@@end_db\n`);
  expect(readState(state('name perm sha256')).entries.size).toBe(1);
  expect(() => readState(state('name perm md5'))).toThrow('the database says nothing of what files hold (sha256)');
});

test('a host is judged when its check ended, hosts are counted every hour, and written down every day', () => {
  const rules = resources(template(make()), 'AWS::Events::Rule').map(({ Properties }) => Properties);
  expect(rules.map(({ ScheduleExpression, EventPattern }) => ScheduleExpression ?? EventPattern.detail.status)).toEqual([
    ['Success', 'Failed', 'TimedOut'],
    'rate(1 hour)',
    'cron(40 5 * * ? *)',
  ]);
  expect(rules[0].EventPattern.detail['association-id']).toEqual([{ 'Fn::GetAtt': [expect.any(String), 'AssociationId'] }]);
  expect(rules[2].Targets[0].Input).toBe('{"report":true}');
  for (const { Targets } of rules) expect(Targets[0].DeadLetterConfig).toBeDefined();
});

test('accepting takes the state of a host that is checked, and nothing else', () => {
  const built = template(make());
  const sends = statements(built, /AcceptanceRole/).filter(({ Action }) => Action === 'ssm:SendCommand');
  expect(sends).toHaveLength(2);
  expect(sends.find(({ Condition }) => Condition)?.Condition).toEqual({
    StringEquals: { 'aws:ResourceTag/soc2:file-integrity': expect.stringContaining('FileIntegrity') },
  });
  const document = resources(built, 'AWS::SSM::Document').find(({ Properties }) => Properties.DocumentType === 'Automation')!;
  expect(document.Properties.Content.mainSteps[1].inputs.InputPayload).toEqual({ accept: '{{ automation:EXECUTION_ID }}' });
  const judge = resources(built, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties.Environment.Variables.ACCEPT_DOCUMENT,
  );
  expect(judge!.Properties.Environment.Variables.ACCEPT_DOCUMENT).toBe(document.Properties.Name);
});

test('a deployment may start it where it is let, and pass its role on', () => {
  const built = template((stack) => {
    const role = new iam.Role(stack, 'Deployment', { assumedBy: new iam.AccountRootPrincipal() });
    make()(stack).grantAccept(role);
  });
  expect(actions(built, /Deployment/)).toEqual(['iam:PassRole', 'ssm:StartAutomationExecution']);
  expect(JSON.stringify(statements(built, /Deployment/))).toContain('automation-definition/');
});

test('states go after two weeks from a bucket of the app, and its other rules stay; another bucket is left as it is', () => {
  const buckets = resources(template(make()), 'AWS::S3::Bucket').flatMap(
    ({ Properties }) => Properties.LifecycleConfiguration.Rules,
  );
  expect(buckets).toContainEqual({
    ExpirationInDays: 14,
    NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    Prefix: 'file-integrity/inbox/',
    Status: 'Enabled',
  });
  expect(buckets.length).toBeGreaterThan(1);
  const other = template((stack) => make({ bucket: s3.Bucket.fromBucketName(stack, 'Other', 'evidence') })(stack));
  expect(
    resources(other, 'AWS::S3::Bucket').flatMap(({ Properties }) => Properties.LifecycleConfiguration.Rules),
  ).not.toContainEqual(expect.objectContaining({ Prefix: 'file-integrity/inbox/' }));
});

test('alarms tell of changes, of baselines, of hosts that are late, and when nobody looked', () => {
  const alarms = resources(
    template((stack) => make({ alarmTopic: topicIn(stack) })(stack)),
    'AWS::CloudWatch::Alarm',
  )
    .map(({ Properties }) => Properties)
    .filter(({ Namespace }) => Namespace === 'Soc2/FileIntegrity');
  expect(
    alarms.map(({ MetricName, Statistic, TreatMissingData }) => `${MetricName} ${Statistic} ${TreatMissingData}`).sort(),
  ).toEqual([
    'HostsChanged Maximum ignore',
    'HostsLate Maximum ignore',
    'HostsWatched SampleCount breaching',
    'HostsWithTamperedBaseline Maximum ignore',
    'HostsWithUnreadableState Maximum ignore',
    'HostsWithoutBaseline Maximum ignore',
  ]);
  for (const { Dimensions } of alarms) expect(Dimensions).toEqual([{ Name: 'Program', Value: 'Stack/FileIntegrity' }]);
  expect(resources(template(make()), 'AWS::CloudWatch::Alarm')).toEqual([]);
});

test.each<[Partial<FileIntegrityProps>, string]>([
  [{ paths: [] }, "'paths' must name one path at least, got none"],
  [{ paths: ['etc'] }, "each of 'paths' must be absolute"],
  [{ paths: ["/etc'; rm -rf /"] }, "each of 'paths' must be absolute"],
  [{ paths: ['/'] }, "each of 'paths' must be absolute"],
  [{ ignoredPaths: ['/var/log/'] }, "each of 'ignoredPaths' must be absolute"],
  [{ windowsPaths: ["C:\\'); Remove-Item"] }, "each of 'windowsPaths' must be absolute, without quotation marks"],
  [{ ignoredWindowsPaths: ['\\\\server\\share'] }, "each of 'ignoredWindowsPaths' must be absolute"],
  [{ prefix: 'no-slash' }, "'prefix' must be of letters, digits and !-_.*()/ and end with a slash, got 'no-slash'"],
  [{ prefix: "it's/" }, "'prefix' must be of letters"],
  [{ every: Duration.minutes(30) }, "'every' must be whole hours from 1 to 720, got 0.5"],
  [{ every: Duration.days(31) }, "'every' must be whole hours from 1 to 720, got 744"],
  [{ provisioningTime: Duration.days(8) }, "'provisioningTime' must be whole hours from 1 to 168, got 192"],
])('%j is refused', (props, problem) => {
  expect(() => template(make(props))).toThrow(problem);
});

describe.each([1, 10, 10_000])('a fleet of %i', (fleet) => {
  test.each([1, 2, 6, 24, 168, 720])(
    'that is checked every %i hours is through in time, even if each host takes as long as it may',
    (hours) => {
      const { maxConcurrency, maxErrors } = checkRate(hours * 3_600, 3_600);
      const atOnce = Math.max(1, Math.ceil((fleet * Number(maxConcurrency.slice(0, -1))) / 100));
      const rounds = Math.ceil(fleet / atOnce);
      expect(rounds).toBeLessThanOrEqual(Math.max(1, hours / 2));
      expect((fleet * Number(maxErrors.slice(0, -1))) / 100).toBe(fleet);
    },
  );
});
