import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { defineRule } from '../rule';
import { RDP, SSH, servicesOpenedBy } from '../shared/high-risk-ports';
import { judgeIngressOf } from '../shared/host-ingress';
import { Launch } from '../shared/launch';

function judgeKey(launch: Launch): Observation[] {
  const key = launch.at('KeyName');
  if (key.isAbsent && launch.elsewhere)
    return [launch.elsewhere.undetermined('no key for SSH', 'the launch template is not among these templates')];
  return key.mustNotBeSet({ problem: 'it has a key for SSH' });
}

const group = (ingress: JsonObject) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Host', SecurityGroupIngress: [ingress] } },
});
const host = (properties: JsonObject = {}) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', SubnetId: 'subnet-1', ...properties } },
});
const configuration = (properties: JsonObject) => ({
  Configuration: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: 'ami-1', ...properties } },
});
const open = (port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '10.0.0.0/8' });
const behind = (ingress: JsonObject) => ({
  ...group(ingress),
  ...host({ SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] }),
});

export default defineRule({
  id: 'EC2.62',
  slug: 'ec2-no-ssh',
  title: 'Servers have no SSH key and let in neither SSH nor RDP',
  criteria: [Criterion.CC6_1, Criterion.CC6_3, Criterion.CC6_6],
  control: 'host-access',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  rationale:
    'A key of SSH is shared, copied and never expires, and no log says whose hands were on it; a session of Session Manager has a name.',
  remediation:
    'Leave out `keyPair`, remove the rules for ports 22 and 3389, and reach the server by Session Manager: `SecureInstance`, `SecureAutoScalingGroup` and `SessionLogging` are made for it.',
  references: ['Prowler ec2_instance_port_ssh_exposed_to_internet', 'Well-Architected SEC06-BP03', 'NIST 800-53 AC-17'],
  check: (host) => [
    ...judgeKey(new Launch(host)),
    ...judgeIngressOf(host, (rule) => {
      const { matters, what } = servicesOpenedBy(rule, [SSH, RDP]);
      return rule.openToAnybody(matters, what, 'no rule for SSH or RDP');
    }),
  ],
  examples: {
    pass: {
      'nothing is let in': host(),
      'the web is let in': behind(open(443)),
      'a launch configuration has no key': configuration({ InstanceType: 't4g.small' }),
      'a launch template has no key': {
        Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1' } } },
      },
    },
    fail: {
      'it has a key': host({ KeyName: 'operations' }),
      'ssh is let in from the office': behind(open(22)),
      'rdp is let in from a bastion host': behind({
        IpProtocol: 'tcp',
        FromPort: 3389,
        ToPort: 3389,
        SourceSecurityGroupId: 'sg-0123456789abcdef0',
      }),
      'a network interface that it is given lets ssh in': {
        ...group(open(22)),
        Interface: {
          Type: 'AWS::EC2::NetworkInterface',
          Properties: { SubnetId: 'subnet-1', GroupSet: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] },
        },
        ...host({ NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: { Ref: 'Interface' } }] }),
      },
      'every port is let in': behind({ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }),
      'a launch configuration has a key': configuration({ KeyName: 'operations' }),
      'a launch configuration lets ssh in': {
        ...group(open(22)),
        ...configuration({ SecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] }),
      },
      'a launch template has a key': {
        Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { KeyName: 'operations' } } },
      },
    },
    undetermined: {
      'its network interface is elsewhere': host({
        NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: 'eni-0123456789abcdef0' }],
      }),
      'the launch template is elsewhere': host({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '3' } }),
      'the key is a parameter': {
        Parameters: { Key: { Type: 'String' } },
        Resources: host({ KeyName: { Ref: 'Key' } }),
      },
      'the port is a parameter': {
        Parameters: { Port: { Type: 'Number' } },
        Resources: behind({ IpProtocol: 'tcp', FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' }, CidrIp: '10.0.0.0/8' }),
      },
    },
  },
});
