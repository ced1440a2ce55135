import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { isPublicSubnet, subnetsOf } from '../shared/subnet-routes';
import { anyIs } from '../shared/ternary';

const gateway = { Gateway: { Type: 'AWS::EC2::InternetGateway' } };
const attached = (vpc: Json) => ({
  ...gateway,
  Attachment: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: vpc, InternetGatewayId: { Ref: 'Gateway' } },
  },
});
const vpc = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
};
const routed = (properties: object) => ({
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Route: {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', ...properties },
  },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
  },
});

export default defineRule({
  id: 'EC2.18',
  slug: 'vpc-igw-authorized',
  title: 'Internet gateways are attached only to VPCs that are described with public subnets',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::VPCGatewayAttachment'],
  applies: (attachment) => !attachment.at('InternetGatewayId').isAbsent,
  rationale:
    'An internet gateway is the door of a network; it belongs to the networks whose design says what stands behind the door.',
  remediation:
    'Let `ec2.Vpc` make the gateway for its own public subnets. Remove a gateway from a VPC without public subnets, and record an exception for a VPC that is described elsewhere.',
  references: ['AWS Config INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY', 'NIST 800-53 SC-7'],
  check: (attachment) => {
    const network = attachment.at('VpcId');
    const { target } = network;
    const expected = 'a VPC with public subnets';
    if (target?.type !== 'AWS::EC2::VPC') return [network.undetermined(expected, 'the VPC is not among these templates')];
    const isPublic = anyIs(subnetsOf(target).map(isPublicSubnet));
    if (isPublic) return [metBy(target, 'the VPC is described with public subnets')];
    return isPublic === undefined
      ? [network.undetermined(expected, 'the routes of its subnets are not known')]
      : [network.fails(expected, 'no subnet of the VPC has a route to an internet gateway')];
  },
  examples: {
    pass: {
      'a subnet has a route to the gateway': {
        ...vpc,
        ...attached({ Ref: 'Vpc' }),
        ...routed({ GatewayId: { Ref: 'Gateway' } }),
      },
    },
    fail: {
      'the vpc has no subnets': { Vpc: vpc.Vpc, ...attached({ Ref: 'Vpc' }) },
      'its subnet has no route table': { ...vpc, ...attached({ Ref: 'Vpc' }) },
      'its subnet is routed elsewhere': {
        ...vpc,
        ...attached({ Ref: 'Vpc' }),
        ...routed({ NatGatewayId: 'nat-0123456789abcdef0' }),
      },
    },
    undetermined: {
      'the vpc is elsewhere': attached('vpc-0123456789abcdef0'),
      'the vpc is a parameter': {
        Parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' } },
        Resources: attached({ Ref: 'VpcId' }),
      },
    },
  },
});
