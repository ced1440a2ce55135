import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from '../shared/load-balancers';

const EXPECTED = 'two Availability Zones or more';

const network = (properties: JsonObject) => ({
  Balancer: { Type: LOAD_BALANCER, Properties: { Type: 'network', ...properties } },
});
const classic = (zones: Json) => ({ Classic: { Type: CLASSIC_LOAD_BALANCER, Properties: { AvailabilityZones: zones } } });

export default defineRule({
  id: 'ELB.14',
  slug: 'elb-multi-az',
  title: 'Load balancers stand in at least two Availability Zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: [LOAD_BALANCER, CLASSIC_LOAD_BALANCER],
  rationale:
    'A load balancer in one zone takes everything behind it down with that zone, however many servers there are elsewhere.',
  remediation: 'Give the VPC `maxAzs` of 2 or more, and the load balancer `vpcSubnets` that reach two of its zones.',
  references: ['Security Hub ELB.10', 'Security Hub ELB.13', 'AWS Config ELBV2_MULTIPLE_AZ', 'NIST 800-53 CP-10'],
  // A load balancer of any kind takes at most one subnet in a zone: subnets count zones.
  check: (balancer) => {
    const places = ['Subnets', 'SubnetMappings', 'AvailabilityZones'].map((name) => balancer.at(name));
    const list = places.find((place) => !place.isAbsent) ?? places[0];
    if (list.isAbsent && balancer.type === CLASSIC_LOAD_BALANCER) return [places[2].fails(EXPECTED)];
    return list.must(EXPECTED, () => list.items().length > 1, { problem: 'the load balancer stands in one zone' });
  },
  examples: {
    pass: {
      'there are two subnets': network({ Subnets: [{ Ref: 'A' }, { Ref: 'B' }] }),
      'there are two subnet mappings': network({ SubnetMappings: [{ SubnetId: 'a' }, { SubnetId: 'b' }] }),
      'a classic load balancer stands in two zones': classic(['eu-west-1a', 'eu-west-1b']),
    },
    fail: {
      'there is one subnet': network({ Subnets: ['subnet-1'] }),
      'there is one subnet mapping': network({ SubnetMappings: [{ SubnetId: 'a' }] }),
      'a classic load balancer stands in one zone': classic(['eu-west-1a']),
      'there is nothing': network({}),
    },
    undetermined: {
      'the subnets are a parameter': {
        Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
        Resources: network({ Subnets: { Ref: 'Subnets' } }),
      },
    },
  },
});
