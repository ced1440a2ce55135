import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { Launch } from '../shared/launch';

const host = (properties: JsonObject) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...properties } },
});

export default defineRule({
  id: 'EC2.26',
  slug: 'ec2-in-vpc',
  title: 'Instances run in a subnet that was chosen for them',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'error',
  resourceTypes: ['AWS::EC2::Instance'],
  rationale:
    'Since EC2-Classic is gone every instance is in some VPC; one that names no subnet is in the default VPC, which nobody designed and which is on the internet.',
  remediation: 'Pass the `vpc` and the `vpcSubnets` of the application to the `ec2.Instance`.',
  references: ['AWS Config INSTANCES_IN_VPC', 'cdk-nag EC2InstancesInVPC', 'NIST 800-53 SC-7'],
  check: (instance) => {
    const launch = new Launch(instance);
    const [first] = launch.at('NetworkInterfaces').items();
    const subnet = first && !first.at('SubnetId').isAbsent ? first.at('SubnetId') : launch.at('SubnetId');
    if (subnet.isAbsent && first && !first.at('NetworkInterfaceId').isAbsent)
      return first.at('NetworkInterfaceId').mustBeSet('a network interface');
    if (subnet.isAbsent && launch.elsewhere)
      return [launch.elsewhere.undetermined('a subnet', 'the launch template is not among these templates')];
    return subnet.mustBeSet('a subnet', subnet.isAbsent ? { problem: 'the instance goes to the default VPC' } : {});
  },
  examples: {
    pass: {
      'it names a subnet': host({ SubnetId: 'subnet-0123456789abcdef0' }),
      'its network interface is in a subnet': host({ NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: 'subnet-1' }] }),
      'its network interface was made before': host({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', DeviceIndex: '0' }] }),
      'its launch template names a subnet': {
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-1' }] } },
        },
        ...host({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } }),
      },
    },
    fail: {
      'it names none': host({}),
      'it names a zone': host({ AvailabilityZone: 'eu-west-1a' }),
      'it names none in one branch of a condition': {
        Parameters: { SubnetId: { Type: 'String', Default: '' } },
        Conditions: { IsGiven: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'SubnetId' }, ''] }] } },
        Resources: host({ SubnetId: { 'Fn::If': ['IsGiven', { Ref: 'SubnetId' }, { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'the launch template is elsewhere': host({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '3' } }),
    },
  },
});
