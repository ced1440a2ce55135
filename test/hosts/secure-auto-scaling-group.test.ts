import { App, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EnvironmentKind, SecureAutoScalingGroup, type SecureAutoScalingGroupProps, SecureInstance, SecureVpc } from '../../src';
import { build, KINDS, only } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { network } from '../helpers/network';
import { describeWithTool } from '../helpers/optional';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, template } from '../helpers/template';

const instanceType = ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE);
const machineImage = ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 });
const make =
  (props: Partial<SecureAutoScalingGroupProps> = {}, vpcOf: (stack: Stack) => ec2.IVpc = network) =>
  (stack: Stack) =>
    new SecureAutoScalingGroup(stack, 'Servers', {
      vpc: vpcOf(stack),
      ...(props.launchTemplate || props.mixedInstancesPolicy ? {} : { instanceType }),
      ...props,
    });
const vpc = (stack: Stack) => new SecureVpc(stack, 'Vpc');
const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');

keepsItsPromises({
  make: (stack) => make({ alarmTopic: topicIn(stack) }, vpc)(stack),
  plain: (stack) => new autoscaling.AutoScalingGroup(stack, 'Servers', { vpc: vpc(stack), instanceType, machineImage }),
  adopted: make({ alreadyDeployed: true, machineImage }, vpc),
});

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const launch = (props?: Partial<SecureAutoScalingGroupProps>) =>
  only(template(make(props)), TEMPLATE).Properties.LaunchTemplateData;
const group = (props?: Partial<SecureAutoScalingGroupProps>, kind?: EnvironmentKind) => only(template(make(props), kind), GROUP);

describe('servers', () => {
  test('give their metadata only to requests with a token', () =>
    expect(launch().MetadataOptions).toEqual({ HttpTokens: 'required' }));

  test('are measured every minute', () => expect(launch().Monitoring).toEqual({ Enabled: true }));

  test('have no public address, and no key for SSH', () => {
    expect(launch().NetworkInterfaces).toMatchObject([{ AssociatePublicIpAddress: false }]);
    expect(launch().KeyName).toBeUndefined();
  });

  test('stand in private subnets of every zone', () => {
    expect(group().Properties.VPCZoneIdentifier).toEqual([
      'subnet-0b00000000000000',
      'subnet-0b00000000000001',
      'subnet-0b00000000000002',
    ]);
  });

  test('have disks that are encrypted with the data key', () => {
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'] };
    expect(launch().BlockDeviceMappings).toEqual([
      { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, KmsKeyId: key, VolumeType: 'gp3' } },
    ]);
  });

  test('run Amazon Linux 2023 for their processors, the newest in each deployment', () => {
    const parameters = (type: ec2.InstanceType) => Object.values(template(make({ instanceType: type })).template.Parameters);
    expect(parameters(instanceType)).toContainEqual({
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
    });
    const intel = ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE);
    expect(JSON.stringify(parameters(intel))).toContain('al2023-ami-kernel-default-x86_64');
  });
});

describe('the key of the disks', () => {
  const SERVICE_ROLE = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
  const letIn = (make: (stack: Stack) => void) =>
    resources(template(make), 'AWS::KMS::Key')
      .flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
      .filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes(SERVICE_ROLE));

  test('lets Amazon EC2 Auto Scaling launch servers, and nobody else by that', () => {
    const statements = letIn(make());
    expect(statements.map(({ Action }) => [Action].flat())).toEqual([
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      ['kms:CreateGrant'],
    ]);
    for (const { Condition } of statements) {
      expect(Condition.StringEquals).toEqual({ 'kms:CallerAccount': '111122223333' });
      expect(JSON.stringify(Condition.ArnEquals)).toContain(':iam::111122223333:role/aws-service-role/');
    }
    expect(statements[1].Condition.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' });
  });

  test('says so once for all groups of a stack', () => {
    const two = (stack: Stack) => {
      make()(stack);
      new SecureAutoScalingGroup(stack, 'Others', { vpc: network(new Stack()), instanceType });
    };
    expect(letIn(two)).toHaveLength(2);
  });

  test('says nothing of it where there are single servers only', () => {
    const image = ec2.MachineImage.latestAmazonLinux2023();
    const type = ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE);
    expect(
      letIn((stack) => new SecureInstance(stack, 'Server', { vpc: network(stack), instanceType: type, machineImage: image })),
    ).toEqual([]);
  });

  test('is left alone where an app brings its own', () => {
    const own = (stack: Stack) => {
      const kmsKey = new kms.Key(stack, 'Own');
      // The CDK has no key in its type of volumes of groups, and passes on the one that it is given.
      const volume = ec2.BlockDeviceVolume.ebs(20, { encrypted: true, kmsKey }) as unknown as autoscaling.BlockDeviceVolume;
      make({ blockDevices: [{ deviceName: '/dev/xvda', volume }] })(stack);
    };
    expect(letIn(own)).toEqual([]);
  });
});

describe('the group', () => {
  test('is refreshed by a deployment that changes what servers are made of', () => {
    expect(group().UpdatePolicy).toEqual({
      AutoScalingInstanceRefresh: { Strategy: 'Rolling' },
      AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
    });
  });

  test('waits for signals where an app has servers send them', () => {
    const { UpdatePolicy: policy } = group({ signals: autoscaling.Signals.waitForAll() });
    expect(policy.AutoScalingRollingUpdate).toMatchObject({ WaitOnResourceSignals: true });
    expect(policy.AutoScalingInstanceRefresh).toBeUndefined();
  });

  test.each(KINDS)('in %s cannot be deleted with its servers if that is production', (kind) => {
    const expected = kind === EnvironmentKind.PRODUCTION ? 'prevent-force-deletion' : undefined;
    expect(group({}, kind).Properties.DeletionProtection).toBe(expected);
  });

  test('is counted', () => expect(group().Properties.MetricsCollection).toEqual([{ Granularity: '1Minute' }]));

  test('that is deployed is not refreshed by the way, and its disks stay as they are', () => {
    const built = template(make({ alreadyDeployed: true, machineImage }));
    expect(only(built, GROUP).UpdatePolicy.AutoScalingInstanceRefresh).toBeUndefined();
    const { BlockDeviceMappings, MetadataOptions } = only(built, TEMPLATE).Properties.LaunchTemplateData;
    expect([BlockDeviceMappings, MetadataOptions]).toEqual([undefined, { HttpTokens: 'required' }]);
  });

  test('has its agent and its tags on every server that it launches', () => {
    const built = template(make());
    const [{ Values }] = only(built, 'AWS::SSM::Association').Properties.Targets;
    expect(only(built, GROUP).Properties.Tags).toContainEqual({
      Key: 'Soc2HostMetrics',
      Value: Values[0],
      PropagateAtLaunch: true,
    });
  });
});

describe('a launch template of an app', () => {
  const own = (stack: Stack, role?: iam.IRole) => new ec2.LaunchTemplate(stack, 'Own', { instanceType, machineImage, role });

  test('is left as it is, and its role gets the rights that sessions need', () => {
    const built = template((stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
      make({ launchTemplate: own(stack, role) })(stack);
    });
    expect(only(built, TEMPLATE).Properties.LaunchTemplateData.MetadataOptions).toBeUndefined();
    expect(actions(built, /Role/)).toContain('kms:Decrypt');
  });

  test('without a role has no agent, for nobody could install it', () => {
    expect(
      resources(
        template((stack) => make({ launchTemplate: own(stack) })(stack)),
        'AWS::SSM::Association',
      ),
    ).toEqual([]);
  });

  test('in a mixed policy is left as it is', () => {
    const built = template((stack) => make({ mixedInstancesPolicy: { launchTemplate: own(stack) } })(stack));
    expect(only(built, GROUP).Properties.MixedInstancesPolicy).toBeDefined();
  });
});

describe('alarms', () => {
  const alarms = (props: Partial<SecureAutoScalingGroupProps> = {}) =>
    resources(
      template((stack) => make({ alarmTopic: topicIn(stack), ...props })(stack)),
      'AWS::CloudWatch::Alarm',
    ).map(({ Properties }) => Properties);

  test('tell of all servers of the group', () => {
    expect(alarms().map(({ MetricName, Statistic }) => `${MetricName} ${Statistic}`)).toEqual([
      'StatusCheckFailed Maximum',
      'CPUUtilization Average',
      'mem_used_percent Maximum',
      'disk_used_percent Maximum',
    ]);
    for (const { Dimensions } of alarms())
      expect(Dimensions).toEqual([{ Name: 'AutoScalingGroupName', Value: { Ref: expect.stringMatching(/^Servers/) } }]);
  });

  test('are not made where there is nobody to send them to', () => {
    expect(resources(template(make()), 'AWS::CloudWatch::Alarm')).toEqual([]);
  });
});

test('what an app sets comes before a default', () => {
  const props = {
    requireImdsv2: false,
    instanceMonitoring: autoscaling.Monitoring.BASIC,
    deletionProtection: autoscaling.DeletionProtection.NONE,
    groupMetrics: [new autoscaling.GroupMetrics(autoscaling.GroupMetric.MAX_SIZE)],
    updatePolicy: autoscaling.UpdatePolicy.rollingUpdate(),
  };
  expect(launch(props)).toMatchObject({ Monitoring: { Enabled: false } });
  expect(launch(props).MetadataOptions).toBeUndefined();
  expect(group(props).Properties.DeletionProtection).toBe('none');
  expect(group(props).UpdatePolicy.AutoScalingInstanceRefresh).toBeUndefined();
  const failed = build(make(props, vpc)).ledger.evaluations.filter(({ verdict }) => verdict === 'fail');
  expect(failed.map(({ slug }) => slug)).toContain('ec2-imdsv2');
});

describe('what cannot be meant is refused', () => {
  test('launch configurations, which take no key and which new accounts cannot have', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => make()(stack)).toThrow(
      "the context '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig' must be true",
    );
    expect(() => make({ alreadyDeployed: true, machineImage })(new Stack(new App(), 'Stack'))).not.toThrow();
  });

  test('an image whose root nobody knows', () => {
    const image = ec2.MachineImage.fromSsmParameter('/images/web');
    expect(() => launch({ machineImage: image })).toThrow("'rootDeviceName' must be the name of the root device of the image");
    expect(launch({ machineImage: image, rootDeviceName: '/dev/sda1' }).BlockDeviceMappings).toMatchObject([
      { DeviceName: '/dev/sda1' },
    ]);
  });

  test('a network with public subnets only', () => {
    const open = (stack: Stack) =>
      ec2.Vpc.fromVpcAttributes(stack, 'Open', {
        vpcId: 'vpc-1',
        availabilityZones: ['eu-west-1a'],
        publicSubnetIds: ['subnet-1'],
      });
    expect(() => template(make({}, open))).toThrow("'vpc' must have private subnets");
  });
});

describeWithTool(EMULATOR, 'on an emulator', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('servers and groups are deployed, with what they need', async () => {
    const image = ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
    const { template: made } = template((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', {
        availabilityZones: ['eu-west-1a'],
        natGateways: 0,
        restrictDefaultSecurityGroup: false,
      });
      // The emulator does not know how large images are.
      const disk = [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8) }];
      const disks = [{ deviceName: '/dev/xvda', volume: autoscaling.BlockDeviceVolume.ebs(8) }];
      const own = { vpc, instanceType, machineImage: image };
      new SecureInstance(stack, 'Server', { ...own, blockDevices: disk });
      new SecureAutoScalingGroup(stack, 'Servers', { ...own, blockDevices: disks });
    });
    const deployed = await emulator.deploy('Hosts', made);
    expect(deployed.types).toEqual(
      expect.arrayContaining([
        'AWS::AutoScaling::AutoScalingGroup',
        'AWS::EC2::Instance',
        'AWS::EC2::LaunchTemplate',
        'AWS::IAM::InstanceProfile',
        'AWS::KMS::Key',
        'AWS::SSM::Document',
      ]),
    );
  }, 120_000);
});
