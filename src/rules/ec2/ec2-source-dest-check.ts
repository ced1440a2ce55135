import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';

const INTERFACE = 'AWS::EC2::NetworkInterface';

const host = (properties: JsonObject) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', SubnetId: 'subnet-1', ...properties } },
});
const card = (properties: JsonObject) => ({ Card: { Type: INTERFACE, Properties: { SubnetId: 'subnet-1', ...properties } } });
const route = (properties: JsonObject) => ({
  Route: {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', ...properties },
  },
});

export default defineRule({
  id: 'EC2.40',
  slug: 'ec2-source-dest-check',
  title: 'Instances pass on no traffic of others, unless a route leads to them',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Instance', INTERFACE],
  rationale:
    'A host whose source and destination check is off can send under the address of others and join networks that are apart.',
  remediation: 'Leave `sourceDestCheck` out, except for NAT instances and firewalls, to which a route of the template leads.',
  references: ['Security Hub EC2.180', 'AWS Config EC2_ENI_SOURCE_DESTINATION_CHECK_ENABLED', 'ElectricEye EC2.4'],
  check: (resource) => {
    const check = resource.at('SourceDestCheck');
    if (check.isAbsent || check.boolean === true) return [];
    const path = resource.type === INTERFACE ? 'NetworkInterfaceId' : 'InstanceId';
    const [leading] = resource.pointedAtBy('AWS::EC2::Route', path);
    return leading ? [metBy(leading, 'the route makes it a router, which must pass on traffic')] : check.mustBe(true);
  },
  examples: {
    pass: {
      'the check is not mentioned': host({}),
      'the check is on': card({ SourceDestCheck: 'true' }),
      'the instance is a nat instance': { ...host({ SourceDestCheck: false }), ...route({ InstanceId: { Ref: 'Host' } }) },
      'a route leads to the network interface': {
        ...card({ SourceDestCheck: false }),
        ...route({ NetworkInterfaceId: { Ref: 'Card' } }),
      },
    },
    fail: {
      'the check is off': host({ SourceDestCheck: false }),
      'the check of a network interface is off': card({ SourceDestCheck: 'false' }),
      'the route leads to another instance': {
        ...host({ SourceDestCheck: false }),
        ...route({ InstanceId: 'i-0123456789abcdef0' }),
      },
    },
    undetermined: {
      'the check is a parameter': {
        Parameters: { Check: { Type: 'String' } },
        Resources: host({ SourceDestCheck: { Ref: 'Check' } }),
      },
    },
  },
});
