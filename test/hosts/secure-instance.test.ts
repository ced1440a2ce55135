import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EnvironmentKind, SecureInstance, type SecureInstanceProps, SecureVpc, Soc2Environment } from '../../src';
import { rootDeviceOf } from '../../src/defaults/root-device';
import { build, KINDS, only } from '../helpers/construct';
import { network } from '../helpers/network';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';

const instanceType = ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE);
const machineImage = ec2.MachineImage.latestAmazonLinux2023();
const make =
  (props: Partial<SecureInstanceProps> = {}, vpcOf: (stack: Stack) => ec2.IVpc = network) =>
  (stack: Stack) =>
    new SecureInstance(stack, 'Server', { vpc: vpcOf(stack), instanceType, machineImage, ...props });
const vpc = (stack: Stack) => new SecureVpc(stack, 'Vpc');
const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');

keepsItsPromises({
  make: (stack) => make({ alarmTopic: topicIn(stack) }, vpc)(stack),
  plain: (stack) => new ec2.Instance(stack, 'Server', { vpc: vpc(stack), instanceType, machineImage }),
  adopted: make({ alreadyDeployed: true }, vpc),
});

const INSTANCE = 'AWS::EC2::Instance';
const instance = (props?: Partial<SecureInstanceProps>, kind?: EnvironmentKind) =>
  only(template(make(props), kind), INSTANCE).Properties;

describe('a server', () => {
  test('gives its metadata only to requests with a token', () =>
    expect(instance().MetadataOptions).toEqual({ HttpTokens: 'required' }));

  test('is measured every minute', () => expect(instance().Monitoring).toBe(true));

  test('has no key for SSH, and nothing may come in', () => {
    const built = template(make());
    expect(only(built, INSTANCE).Properties.KeyName).toBeUndefined();
    expect(only(built, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress).toBeUndefined();
    expect(resources(built, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  test('stands in a private subnet that reaches the internet, where there is one', () => {
    expect(instance().NetworkInterfaces[0].SubnetId).toBe('subnet-0b00000000000000');
  });

  test('refuses a public address where nobody knows what its subnet does', () => {
    expect(instance().NetworkInterfaces).toEqual([
      expect.objectContaining({ AssociatePublicIpAddress: false, DeviceIndex: '0' }),
    ]);
  });

  test('can get other security groups without being replaced where its subnet is known to be private', () => {
    const { NetworkInterfaces, SecurityGroupIds, SubnetId } = only(template(make({}, vpc)), INSTANCE).Properties;
    expect(NetworkInterfaces).toBeUndefined();
    expect([SecurityGroupIds, SubnetId]).toEqual([expect.any(Array), { Ref: expect.stringContaining('Private') }]);
  });

  test.each(KINDS)('in %s is protected from termination if that is production', (kind) => {
    expect(instance({}, kind).DisableApiTermination).toBe(kind === EnvironmentKind.PRODUCTION ? true : undefined);
  });
});

describe('disks', () => {
  const key = { 'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'] };
  const disks = (props: Partial<SecureInstanceProps>) => instance(props).BlockDeviceMappings;

  test('are encrypted with the data key, the root first, as large as the image says', () => {
    expect(disks({})).toEqual([{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, KmsKeyId: key, VolumeType: 'gp3' } }]);
  });

  test('that an app adds are encrypted as well, and the root stays among them', () => {
    const blockDevices = [{ deviceName: '/dev/sdf', volume: ec2.BlockDeviceVolume.ebs(100) }];
    expect(disks({ blockDevices })).toMatchObject([
      { DeviceName: '/dev/xvda', Ebs: { Encrypted: true } },
      { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 100, Encrypted: true, KmsKeyId: key } },
    ]);
  });

  test('have the size and the key that an app says', () => {
    const built = template((stack) => {
      const kmsKey = new kms.Key(stack, 'Own');
      const volume = ec2.BlockDeviceVolume.ebs(50, { encrypted: true, kmsKey });
      make({ blockDevices: [{ deviceName: '/dev/xvda', volume }] })(stack);
    });
    expect(only(built, INSTANCE).Properties.BlockDeviceMappings).toEqual([
      {
        DeviceName: '/dev/xvda',
        Ebs: expect.objectContaining({ VolumeSize: 50, KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] } }),
      },
    ]);
  });

  test('of the host itself are no matter of EBS', () => {
    const blockDevices = [{ deviceName: '/dev/sdb', volume: ec2.BlockDeviceVolume.ephemeral(0) }];
    expect(disks({ blockDevices })).toContainEqual({ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' });
  });

  test('stay open where an app says so, and a rule objects', () => {
    const volume = ec2.BlockDeviceVolume.ebs(50, { encrypted: false });
    const { ledger } = build(make({ blockDevices: [{ deviceName: '/dev/xvda', volume }] }));
    const failed = ledger.evaluations.filter(({ verdict }) => verdict === 'fail').map(({ slug }) => slug);
    expect(failed).toContain('ebs-volume-encrypted');
  });

  test('of an image that nobody knows need the name of its root', () => {
    const image = ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
    expect(() => instance({ machineImage: image })).toThrow("'rootDeviceName' must be the name of the root device of the image");
    expect(disks({ machineImage: image, rootDeviceName: '/dev/sda1' })).toMatchObject([{ DeviceName: '/dev/sda1' }]);
  });

  test('of such an image are taken to include the root where an app lists them', () => {
    const image = ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
    const blockDevices = [{ deviceName: '/dev/sda1', volume: ec2.BlockDeviceVolume.ebs(20) }];
    expect(disks({ machineImage: image, blockDevices })).toMatchObject([{ DeviceName: '/dev/sda1', Ebs: { Encrypted: true } }]);
  });

  test.each<[string, ec2.IMachineImage, string | undefined]>([
    ['Amazon Linux 2023', ec2.MachineImage.latestAmazonLinux2023({ cachedInContext: true }), '/dev/xvda'],
    ['Amazon Linux 2', ec2.MachineImage.latestAmazonLinux2(), '/dev/xvda'],
    ['Windows', ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE), '/dev/sda1'],
    ['Windows by its id', ec2.MachineImage.genericWindows({ 'eu-west-1': 'ami-1' }), '/dev/sda1'],
    [
      'Ubuntu',
      ec2.MachineImage.fromSsmParameter('/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id'),
      '/dev/sda1',
    ],
    ['Debian', ec2.MachineImage.resolveSsmParameterAtLaunch('/aws/service/debian/release/12/latest/amd64'), '/dev/xvda'],
    ['ECS', ecs.EcsOptimizedImage.amazonLinux2023(), '/dev/xvda'],
    ['a parameter of an app', ec2.MachineImage.fromSsmParameter('/images/web'), undefined],
    ['a search', ec2.MachineImage.lookup({ name: 'web-*' }), undefined],
  ])('of %s have the root that this image has', (_, image, device) => expect(rootDeviceOf(image)).toBe(device));
});

describe('the role', () => {
  const built = template(make());
  const role = /InstanceRole/;

  test('lets Systems Manager manage the server, and reads no parameters', () => {
    const { ManagedPolicyArns: policies } = only(built, 'AWS::IAM::Role').Properties;
    expect(JSON.stringify(policies)).toContain('AmazonSSMManagedEC2InstanceDefaultPolicy');
    expect(JSON.stringify(policies)).not.toContain('AmazonSSMManagedInstanceCore');
    expect(actions(built, role)).toEqual([
      'cloudwatch:PutMetricData',
      'ec2:DescribeTags',
      'kms:Decrypt',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
    ]);
  });

  test('decrypts nothing but sessions, and publishes in one namespace', () => {
    const [decrypt] = statements(built, role).filter(({ Action }) => Action === 'kms:Decrypt');
    expect(decrypt.Condition).toEqual({ Null: { 'kms:EncryptionContext:aws:ssm:SessionId': 'false' } });
    const [publish] = statements(built, role).filter(({ Action }) => Action === 'cloudwatch:PutMetricData');
    expect(publish.Condition).toEqual({ StringEquals: { 'cloudwatch:namespace': 'Soc2/Hosts' } });
  });

  test('that an app brings gets the same rights', () => {
    const own = template((stack) => {
      make({ role: new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }) })(stack);
    });
    expect(actions(own, /Own/)).toContain('kms:Decrypt');
  });

  test('gets no rights where an app wants no sessions', () => {
    const none = template(make({ ssmSessionPermissions: false }));
    expect(only(none, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
    expect(resources(none, 'AWS::SSM::Association')).toEqual([]);
  });
});

describe('the agent', () => {
  test('is installed once for each stack, on servers with a tag, and looked after every day', () => {
    const built = template((stack) => {
      make()(stack);
      new SecureInstance(stack, 'Other', { vpc: network(new Stack()), instanceType, machineImage });
    });
    expect(only(built, 'AWS::SSM::Document').Properties).toMatchObject({ DocumentType: 'Command', UpdateMethod: 'NewVersion' });
    const { Targets, ScheduleExpression } = only(built, 'AWS::SSM::Association').Properties;
    expect(ScheduleExpression).toBe('rate(1 day)');
    const [{ Key, Values }] = Targets;
    expect(Key).toBe('tag:Soc2HostMetrics');
    const servers = resources(built, INSTANCE);
    expect(servers).toHaveLength(2);
    for (const { Properties } of servers) expect(Properties.Tags).toContainEqual({ Key: 'Soc2HostMetrics', Value: Values[0] });
  });

  test('is left out where an app says so, with the alarms that need it', () => {
    const built = template((stack) => make({ memoryAndDiskMetrics: false, alarmTopic: topicIn(stack) })(stack));
    expect(resources(built, 'AWS::SSM::Association')).toEqual([]);
    expect(resources(built, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.MetricName)).toEqual([
      'StatusCheckFailed',
      'CPUUtilization',
    ]);
  });
});

describe('alarms', () => {
  const alarms = (props: Partial<SecureInstanceProps> = {}) =>
    resources(
      template((stack) => make({ alarmTopic: topicIn(stack), ...props })(stack)),
      'AWS::CloudWatch::Alarm',
    ).map(({ Properties }) => Properties);
  const summary = ({ Namespace, MetricName, Statistic, ComparisonOperator, Threshold }: Record<string, unknown>) =>
    [Namespace, MetricName, Statistic, ComparisonOperator, Threshold].join(' ');

  test('tell of status checks, processor, memory and disks of this server', () => {
    expect(alarms().map(summary)).toEqual([
      'AWS/EC2 StatusCheckFailed Maximum GreaterThanOrEqualToThreshold 1',
      'AWS/EC2 CPUUtilization Average GreaterThanOrEqualToThreshold 90',
      'Soc2/Hosts mem_used_percent Maximum GreaterThanOrEqualToThreshold 90',
      'Soc2/Hosts disk_used_percent Maximum GreaterThanOrEqualToThreshold 85',
    ]);
    for (const { Dimensions, AlarmActions } of alarms()) {
      expect(Dimensions).toEqual([{ Name: 'InstanceId', Value: { Ref: expect.stringMatching(/^Server/) } }]);
      expect(AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:alarms']);
    }
  });

  test('of Windows tell when little of a disk is free', () => {
    const windows = ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE);
    expect(summary(alarms({ machineImage: windows })[3])).toBe(
      'Soc2/Hosts disk_free_percent Minimum LessThanOrEqualToThreshold 15',
    );
  });

  test('go off when an app says', () => {
    const thresholds = alarms({ alarmThresholds: { cpuPercent: 70, memoryPercent: 80, diskPercent: 60 } });
    expect(thresholds.map(({ Threshold }) => Threshold)).toEqual([1, 70, 80, 60]);
  });

  test.each([0, 101, Number.NaN])('never go off at %d percent, which is refused', (diskPercent) => {
    expect(() => alarms({ alarmThresholds: { diskPercent } })).toThrow(
      `'alarmThresholds.diskPercent' must be a percentage from 1 to 100, got ${diskPercent}`,
    );
  });

  test('go where the environment says', () => {
    const built = template((stack) => {
      Soc2Environment.of(stack).sendAlarmsTo(topicIn(stack));
      make()(stack);
    });
    expect(resources(built, 'AWS::CloudWatch::Alarm')).toHaveLength(4);
  });

  test('are not made where there is nobody to send them to', () => {
    expect(resources(template(make()), 'AWS::CloudWatch::Alarm')).toEqual([]);
  });
});

describe('what an app sets comes before a default', () => {
  test('monitoring, protection, metadata', () => {
    expect(
      instance({ detailedMonitoring: false, disableApiTermination: false, httpTokens: ec2.HttpTokens.OPTIONAL }),
    ).toMatchObject({
      Monitoring: false,
      DisableApiTermination: false,
      MetadataOptions: { HttpTokens: 'optional' },
    });
  });

  test('the older way to require tokens', () => {
    expect(() => template(make({ requireImdsv2: true }))).not.toThrow();
  });

  test('subnets that the internet reaches, where the server refuses a public address unless the app asks for one', () => {
    const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
    expect(instance({ vpcSubnets }).NetworkInterfaces[0]).toMatchObject({ AssociatePublicIpAddress: false });
    expect(instance({ vpcSubnets, associatePublicIpAddress: true }).NetworkInterfaces[0].AssociatePublicIpAddress).toBe(true);
  });
});

test('a network with public subnets only is refused', () => {
  const open = (stack: Stack) =>
    ec2.Vpc.fromVpcAttributes(stack, 'Open', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      publicSubnetIds: ['subnet-1'],
    });
  expect(() => template(make({}, open))).toThrow("'vpc' must have private subnets, got 'Stack/Open' with public ones only");
});

test('a server that is deployed keeps its disks, its subnet and its address', () => {
  const { BlockDeviceMappings, NetworkInterfaces, MetadataOptions } = instance({ alreadyDeployed: true });
  expect([BlockDeviceMappings, NetworkInterfaces]).toEqual([undefined, undefined]);
  expect(MetadataOptions).toEqual({ HttpTokens: 'required' });
});
