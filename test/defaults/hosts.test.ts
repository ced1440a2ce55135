import type { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { only } from '../helpers/construct';
import { injected } from '../helpers/injected';
import { network } from '../helpers/network';
import { changes, replacing } from '../helpers/replacement';

const LAUNCH_TEMPLATES = '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig';
const own = {
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
};
const server = (stack: Stack) => new ec2.Instance(stack, 'It', { vpc: network(stack), ...own });
const group =
  (makesTemplates: boolean, props: Partial<autoscaling.AutoScalingGroupProps> = {}) =>
  (stack: Stack) => {
    stack.node.setContext(LAUNCH_TEMPLATES, makesTemplates);
    return new autoscaling.AutoScalingGroup(stack, 'It', { vpc: network(stack), ...own, ...props });
  };
const one = (make: (stack: Stack) => unknown, type: string, sinceFirstDeployment = false) =>
  only({ template: injected(make, { sinceFirstDeployment }) }, type).Properties;

describe('in an app with Soc2.enable', () => {
  test.each<[string, (stack: Stack) => unknown]>([
    ['a server', server],
    ['a group', group(true)],
    ['a group with a launch configuration', group(false)],
  ])('%s is hardened, keeps its logical ids, and is not replaced', (_, make) => {
    const before = injected(make, { enable: false });
    const after = injected(make);
    expect(Object.keys(after.Resources)).toEqual(expect.arrayContaining(Object.keys(before.Resources)));
    expect(after).not.toEqual(before);
    expect(replacing(changes(before, after))).toEqual([]);
  });

  test('a server gives its metadata only to requests with a token, and is measured every minute', () => {
    expect(one(server, 'AWS::EC2::Instance')).toMatchObject({ MetadataOptions: { HttpTokens: 'required' }, Monitoring: true });
  });

  test('the disks of a server are encrypted where the app has never been deployed', () => {
    expect(one(server, 'AWS::EC2::Instance').BlockDeviceMappings).toBeUndefined();
    expect(one(server, 'AWS::EC2::Instance', true).BlockDeviceMappings).toMatchObject([
      { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, KmsKeyId: expect.anything() } },
    ]);
  });

  test('servers of a group give their metadata only to requests with a token, and are measured every minute', () => {
    expect(one(group(true), 'AWS::EC2::LaunchTemplate').LaunchTemplateData).toMatchObject({
      MetadataOptions: { HttpTokens: 'required' },
      Monitoring: { Enabled: true },
    });
  });

  test('the disks of a group are encrypted where the app has never been deployed', () => {
    const { LaunchTemplateData: data } = one(group(true), 'AWS::EC2::LaunchTemplate', true);
    expect(data.BlockDeviceMappings).toMatchObject([{ Ebs: { Encrypted: true, KmsKeyId: expect.anything() } }]);
  });

  test('an image whose root nobody knows stays as it is, and a rule reports it', () => {
    const machineImage = ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' });
    const { LaunchTemplateData: data } = one(group(true, { machineImage }), 'AWS::EC2::LaunchTemplate', true);
    expect(data.BlockDeviceMappings).toBeUndefined();
  });

  test('a group with a launch template of the app is measured, and the template is left alone', () => {
    const make = (stack: Stack) =>
      new autoscaling.AutoScalingGroup(stack, 'It', {
        vpc: network(stack),
        launchTemplate: new ec2.LaunchTemplate(stack, 'Own', own),
      });
    expect(one(make, 'AWS::EC2::LaunchTemplate').LaunchTemplateData.MetadataOptions).toBeUndefined();
    expect(one(make, 'AWS::AutoScaling::AutoScalingGroup').MetricsCollection).toEqual([{ Granularity: '1Minute' }]);
  });

  test('a NAT instance and a bastion host still work', () => {
    const make = (stack: Stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', {
        maxAzs: 1,
        natGatewayProvider: ec2.NatProvider.instanceV2({ instanceType: own.instanceType }),
      });
      new ec2.BastionHostLinux(stack, 'Bastion', { vpc });
    };
    const servers = Object.values(injected(make, { sinceFirstDeployment: true }).Resources).filter(
      ({ Type }) => Type === 'AWS::EC2::Instance',
    );
    expect(servers).toHaveLength(2);
    // The CDK says itself that a bastion host does without tokens; the rule ec2-imdsv2 objects.
    expect(servers.map(({ Properties }) => Properties.MetadataOptions)).toContainEqual({ HttpTokens: 'required' });
    for (const { Properties } of servers) expect(Properties.DisableApiTermination).toBeUndefined();
  });

  test('what the app sets stays', () => {
    const make = (stack: Stack) =>
      new ec2.Instance(stack, 'It', {
        vpc: network(stack),
        ...own,
        detailedMonitoring: false,
        httpTokens: ec2.HttpTokens.OPTIONAL,
      });
    expect(one(make, 'AWS::EC2::Instance')).toMatchObject({ Monitoring: false, MetadataOptions: { HttpTokens: 'optional' } });
  });
});
