import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { publicAddress } from '../shared/public-address';

const subnet = (isPublic: Json) => ({
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: isPublic } },
});
const host = (properties: JsonObject) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...properties } },
});
const inSubnet = { SubnetId: { Ref: 'Subnet' } };
const asked = (answer: Json) => ({
  NetworkInterfaces: [{ DeviceIndex: '0', AssociatePublicIpAddress: answer, ...inSubnet }],
});

export default defineRule({
  id: 'EC2.16',
  slug: 'ec2-no-public-ip',
  aliases: ['ec2-not-publicly-discoverable'],
  title: 'Instances have no public address',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::EC2::Instance'],
  rationale: 'An instance with a public address has only its security group between itself and the internet.',
  remediation:
    'Put the instance in a private subnet (`vpcSubnets`), behind a load balancer, or set `associatePublicIpAddress: false`. Reach it by Session Manager.',
  references: [
    'Security Hub EC2.9',
    'AWS Config EC2_INSTANCE_NO_PUBLIC_IP',
    'cdk-nag EC2InstanceNoPublicIp',
    'checkov CKV_AWS_88',
  ],
  check: publicAddress,
  examples: {
    pass: {
      'the subnet assigns none': { ...subnet(false), ...host(inSubnet) },
      'the instance refuses one': { ...subnet(true), ...host(asked(false)) },
    },
    fail: {
      'the instance asks for one': { ...subnet(false), ...host(asked(true)) },
      'the subnet assigns one': { ...subnet(true), ...host(inSubnet) },
      'the subnet of its network interface assigns one': {
        ...subnet('true'),
        ...host({ NetworkInterfaces: [{ DeviceIndex: '0', ...inSubnet }] }),
      },
      'it goes to a default subnet': host({}),
      'an elastic address is associated': {
        ...subnet(false),
        ...host(inSubnet),
        Address: { Type: 'AWS::EC2::EIP' },
        Association: {
          Type: 'AWS::EC2::EIPAssociation',
          Properties: { AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] }, InstanceId: { Ref: 'Host' } },
        },
      },
      'its launch template asks for one': {
        ...subnet(false),
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }] } },
        },
        ...host({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } }),
      },
    },
    undetermined: {
      'the subnet is a parameter': {
        Parameters: { SubnetId: { Type: 'AWS::EC2::Subnet::Id' } },
        Resources: host({ SubnetId: { Ref: 'SubnetId' } }),
      },
    },
  },
});
