import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';

const ASSOCIATION = 'AWS::EC2::EIPAssociation';

/** What an address can be given to, and the property that names it. */
const USES = [
  ['AWS::EC2::NatGateway', 'AllocationId'],
  ['AWS::EC2::NatGateway', 'SecondaryAllocationIds'],
  ['AWS::EC2::NatGateway', 'AvailabilityZoneAddresses.*.AllocationIds'],
  [ASSOCIATION, 'AllocationId'],
  [ASSOCIATION, 'EIP'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'SubnetMappings.*.AllocationId'],
  ['AWS::Transfer::Server', 'EndpointDetails.AddressAllocationIds'],
  ['AWS::Redshift::Cluster', 'ElasticIp'],
] as const;

const address = (properties: object = {}) => ({ Address: { Type: 'AWS::EC2::EIP', Properties: { ...properties } } });
const associated = (allocation: Json) => ({
  ...address(),
  Association: { Type: ASSOCIATION, Properties: { AllocationId: allocation, InstanceId: 'i-0123456789abcdef0' } },
});
const allocation = { 'Fn::GetAtt': ['Address', 'AllocationId'] };

export default defineRule({
  id: 'EC2.19',
  slug: 'vpc-eip-attached',
  title: 'Elastic IP addresses are in use',
  criteria: [Criterion.CC6_1, Criterion.CC6_6],
  control: 'asset-inventory',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::EIP'],
  rationale:
    'An address that belongs to nothing is attached to something by mistake one day, and names and allow-lists that hold it go on trusting it.',
  remediation: 'Remove the address, or give it to the instance, NAT gateway or load balancer that it was made for.',
  references: ['Security Hub EC2.12', 'AWS Config EIP_ATTACHED', 'NIST 800-53 CM-8'],
  check: (eip) => {
    if (!eip.at('InstanceId').isAbsent) return eip.at('InstanceId').mustBeSet('an instance');
    for (const [type, path] of USES) {
      const [user] = eip.pointedAtBy(type, path);
      if (user) return [metBy(user, 'it uses the address')];
    }
    const open = unnamedPointer(eip, ASSOCIATION, 'AllocationId', 'this address');
    return open.length > 0 ? open : [eip.fails('nothing uses the address', 'an instance, a NAT gateway or a load balancer')];
  },
  examples: {
    pass: {
      'an instance has it': address({ InstanceId: 'i-0123456789abcdef0' }),
      'an association gives it to an instance': associated(allocation),
      'a nat gateway has it': {
        ...address(),
        Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: 'subnet-1', AllocationId: allocation } },
      },
      'a network load balancer has it': {
        ...address(),
        Balancer: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Type: 'network', SubnetMappings: [{ SubnetId: 'subnet-1', AllocationId: allocation }] },
        },
      },
    },
    fail: {
      'nothing uses it': address({ Domain: 'vpc' }),
      'another address is associated': associated('eipalloc-0123456789abcdef0'),
      'a firewall rule names it, and nothing else': {
        ...address(),
        Rule: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: 'sg-1', IpProtocol: '-1', CidrIp: { 'Fn::Sub': '${Address}/32' } },
        },
      },
    },
    undetermined: {
      'the address of an association is a parameter': {
        Parameters: { Allocation: { Type: 'String' } },
        Resources: associated({ Ref: 'Allocation' }),
      },
    },
  },
});
