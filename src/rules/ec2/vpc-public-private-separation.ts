import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { isPublicSubnet, subnetsOf } from '../shared/subnet-routes';

const subnet = (name: string) => ({ [name]: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } } });
const network = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  ...subnet('A'),
  ...subnet('B'),
};
const routed = (name: string, gateway: Json = { Ref: 'Gateway' }) => ({
  [`Table${name}`]: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  [`Route${name}`]: {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: { Ref: `Table${name}` }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway },
  },
  [`Association${name}`]: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: name }, RouteTableId: { Ref: `Table${name}` } },
  },
});

export default defineRule({
  id: 'EC2.17',
  slug: 'vpc-public-private-separation',
  title: 'A VPC with public subnets has private ones as well',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::VPC'],
  applies: (vpc) => subnetsOf(vpc).length > 0,
  rationale: 'Where every subnet is on the internet, databases and load balancers stand in the same place.',
  remediation:
    'Add a subnet of the type `ec2.SubnetType.PRIVATE_WITH_EGRESS` or `PRIVATE_ISOLATED` to `subnetConfiguration`, and put everything but load balancers there.',
  references: ['Prowler vpc_subnet_separate_private_public', 'NIST 800-53 SC-7'],
  check: (vpc) => {
    const answers = subnetsOf(vpc).map(isPublicSubnet);
    if (answers.includes(false)) return [];
    const expected = 'a subnet without a route to an internet gateway';
    if (answers.includes(undefined))
      return [vpc.properties.undetermined(expected, 'the route tables of a subnet are not among these templates')];
    return [vpc.fails('every subnet has a route to an internet gateway', expected, `${answers.length} public subnets`)];
  },
  examples: {
    pass: {
      'one subnet is public, the other is not': { ...network, ...routed('A') },
      'both are private': network,
      'one subnet reaches another network': { ...network, ...routed('A'), ...routed('B', 'vgw-0123456789abcdef0') },
    },
    fail: {
      'both are public': { ...network, ...routed('A'), ...routed('B') },
      'one is public by a gateway that is elsewhere': { ...network, ...routed('A'), ...routed('B', 'igw-0123456789abcdef0') },
    },
    undetermined: {
      'the gateway of the second subnet is a parameter': {
        Parameters: { GatewayId: { Type: 'String' } },
        Resources: { ...network, ...routed('A'), ...routed('B', { Ref: 'GatewayId' }) },
      },
    },
  },
});
