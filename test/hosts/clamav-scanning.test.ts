import { Duration, type Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ClamAvScanning, type ClamAvScanningProps, SecureBucket, Soc2Environment } from '../../src';
import { SCAN_SECONDS, scanDocument } from '../../src/hosts/clamav-document';
import { only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { resources, statements, template } from '../helpers/template';
import { commandErrors } from './ssm-documents';

const make =
  (props: Partial<ClamAvScanningProps> = {}) =>
  (stack: Stack) =>
    new ClamAvScanning(stack, 'ClamAv', { bucket: new SecureBucket(stack, 'Evidence'), ...props });
const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');
const vpcIn = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-1'],
    privateSubnetRouteTableIds: ['rtb-1'],
  });
const MACHINE = {
  instanceType: new ec2.InstanceType('t4g.small'),
  machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }),
};

describe('with what it requires', () => keepsItsPromises({ make: make() }));
describe('with all there is', () =>
  keepsItsPromises({
    make: (stack) => make({ alarmTopic: topicIn(stack), paths: ['/srv'], ignoredPaths: ['/srv/database'] })(stack),
  }));

const lines = (props?: Partial<ClamAvScanningProps>): readonly unknown[] =>
  only(template(make(props)), 'AWS::SSM::Document').Properties.Content.mainSteps[0].inputs.runCommand;

test('every host with the tag is scanned once a day, and a failure on one leaves none of the others out', () => {
  expect(only(template(make()), 'AWS::SSM::Association').Properties).toMatchObject({
    Targets: [{ Key: 'tag:soc2:clamav', Values: [expect.stringContaining('ClamAv')] }],
    ScheduleExpression: 'rate(24 hours)',
    MaxConcurrency: '34%',
    MaxErrors: '100%',
    ComplianceSeverity: 'HIGH',
  });
});

test('it is as often as is asked for', () => {
  const { Properties } = only(template(make({ every: Duration.hours(1) })), 'AWS::SSM::Association');
  expect([Properties.ScheduleExpression, Properties.MaxConcurrency]).toEqual(['rate(1 hour)', '100%']);
});

test('the document is as the documentation has it, and has nothing that Systems Manager would fill in', () => {
  const document = scanDocument({
    bucketName: 'evidence',
    prefix: 'antivirus/clamav/',
    region: 'eu-west-1',
    paths: ['/etc'],
    ignoredPaths: [],
    definitionHours: 72,
  });
  expect(commandErrors(document)).toEqual([]);
  const text = JSON.stringify(document);
  expect(text).not.toContain('{{');
  expect(text.length).toBeLessThan(60_000);
  expect(SCAN_SECONDS).toBeLessThanOrEqual(172_800);
});

test('what is scanned, what is left out, and how old definitions may be is as it was asked', () => {
  expect(lines().slice(2, 6)).toEqual([
    "SOC2_PATHS='/boot /etc /home /opt /root /srv /tmp /usr /var'",
    "SOC2_IGNORED=''",
    "SOC2_DEFINITIONS='/var/lib/clamav'",
    "SOC2_DEFINITION_HOURS='72'",
  ]);
  const asked = lines({ paths: ['/srv', '/data'], ignoredPaths: ['/data/db'], definitionAge: Duration.hours(30), prefix: 'a/' });
  expect(asked.slice(1, 6)).toEqual([
    "SOC2_PREFIX='a/'",
    "SOC2_PATHS='/srv /data'",
    "SOC2_IGNORED='/data/db'",
    "SOC2_DEFINITIONS='/var/lib/clamav'",
    "SOC2_DEFINITION_HOURS='30'",
  ]);
});

test('a host gets the tag, and may write below its own identity and do nothing else with the bucket', () => {
  const built = template((stack) => make()(stack).watch(new ec2.Instance(stack, 'Host', { vpc: vpcIn(stack), ...MACHINE })));
  const { Tags } = only(built, 'AWS::EC2::Instance').Properties;
  expect(Tags).toContainEqual({ Key: 'soc2:clamav', Value: expect.stringContaining('ClamAv') });
  const onBucket = statements(built, /HostInstanceRole/).filter(({ Action }) => String(Action).includes('s3:'));
  expect(onBucket.map(({ Action }) => Action)).toEqual(['s3:PutObject']);
  expect(JSON.stringify(onBucket[0].Resource)).toContain('/antivirus/clamav/${aws:userid}/*"');
  const onKey = statements(built, /HostInstanceRole/).filter(({ Action }) => String(Action).includes('kms:'));
  expect(onKey.map(({ Condition }) => Condition)).toEqual([{ StringLike: { 'kms:ViaService': expect.anything() } }]);
});

test('instances of an Auto Scaling group get the tag when they are launched', () => {
  const built = template((stack) =>
    make()(stack).watch(new autoscaling.AutoScalingGroup(stack, 'Group', { vpc: vpcIn(stack), ...MACHINE })),
  );
  expect(only(built, 'AWS::AutoScaling::AutoScalingGroup').Properties.Tags).toContainEqual(
    expect.objectContaining({ Key: 'soc2:clamav', PropagateAtLaunch: true }),
  );
});

test('what is no construct is no host', () => {
  const nobody = { grantPrincipal: new iam.AnyPrincipal() };
  expect(() => template((stack) => make()(stack).watch(nobody))).toThrow("'host' must be an instance or an Auto Scaling group");
});

test.each([
  ['the topic that it got', (stack: Stack) => make({ alarmTopic: topicIn(stack) })(stack)],
  [
    'the topic of the environment',
    (stack: Stack) => {
      Soc2Environment.of(stack).sendAlarmsTo(topicIn(stack));
      make()(stack);
    },
  ],
])('somebody is told by %s of scans of its own that failed, and of no others', (_, build) => {
  const built = template(build);
  const { EventPattern, Targets } = only(built, 'AWS::Events::Rule').Properties;
  const [association] = Object.entries(built.template.Resources).find(([, { Type }]) => Type === 'AWS::SSM::Association')!;
  expect(EventPattern).toEqual({
    source: ['aws.ssm'],
    'detail-type': ['EC2 State Manager Instance Association State Change'],
    detail: {
      'association-id': [{ 'Fn::GetAtt': [association, 'AssociationId'] }],
      status: ['Failed', 'TimedOut'],
    },
  });
  expect(Targets).toEqual([
    expect.objectContaining({
      Arn: 'arn:aws:sns:eu-west-1:111122223333:alarms',
      DeadLetterConfig: expect.anything(),
      InputTransformer: {
        InputPathsMap: expect.objectContaining({
          'detail-instance-id': '$.detail.instance-id',
          'detail-status': '$.detail.status',
        }),
        InputTemplate: expect.stringContaining("below 'antivirus/clamav/' of the bucket"),
      },
    }),
  ]);
});

test('without a topic there is no rule, and no queue', () => {
  const built = template(make());
  expect(resources(built, 'AWS::Events::Rule')).toEqual([]);
  expect(resources(built, 'AWS::SQS::Queue')).toEqual([]);
});

test.each<[Partial<ClamAvScanningProps>, string]>([
  [{ paths: [] }, "'paths' must name one path at least, got none"],
  [{ paths: ["/etc'; rm -rf /"] }, "each of 'paths' must be absolute"],
  [{ paths: ['/'] }, "each of 'paths' must be absolute"],
  [{ ignoredPaths: ['/var/log/'] }, "each of 'ignoredPaths' must be absolute"],
  [{ prefix: 'no-slash' }, "'prefix' must be of letters, digits and !-_.*()/ and end with a slash, got 'no-slash'"],
  [{ every: Duration.minutes(30) }, "'every' must be whole hours from 1 to 720, got 0.5"],
  [{ definitionAge: Duration.days(31) }, "'definitionAge' must be whole hours from 1 to 720, got 744"],
])('%j is refused', (props, problem) => {
  expect(() => template(make(props))).toThrow(problem);
});
