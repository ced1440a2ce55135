import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { areSpread, zoneOfSubnet } from '../shared/zones';

const EXPECTED = 'two Availability Zones or more';

const group = (properties: JsonObject) => ({
  Servers: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '2', MaxSize: '4', ...properties } },
});
const subnet = (zone: string | number) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { AvailabilityZone: typeof zone === 'number' ? { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] } : zone },
});
const both = { VPCZoneIdentifier: [{ Ref: 'A' }, { Ref: 'B' }] };

export default defineRule({
  id: 'AutoScaling.2',
  slug: 'asg-multi-az',
  title: 'Auto Scaling groups spread over at least two Availability Zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  rationale: 'When the one zone that all servers stand in fails, the group has nowhere to start new ones.',
  remediation: 'Give the VPC `maxAzs` of 2 or more, and the group `vpcSubnets` that reach two of its zones.',
  references: ['Security Hub AutoScaling.2', 'AWS Config AUTOSCALING_MULTIPLE_AZ', 'CT.AUTOSCALING.PR.1'],
  check: (group) => {
    const lists = ['VPCZoneIdentifier', 'AvailabilityZones', 'AvailabilityZoneIds'].map((name) => group.at(name));
    const list = lists.find((each) => !each.isAbsent) ?? lists[0];
    const members = list.items();
    if (list.isUnknown) return [list.undetermined(EXPECTED)];
    const isSpread = areSpread(members.map((member) => (list === lists[0] ? zoneOfSubnet(member) : member.string)));
    if (isSpread) return [];
    return isSpread === undefined
      ? [list.undetermined(EXPECTED, 'it is not known which zones the subnets are in')]
      : [list.fails(EXPECTED, list.isAbsent ? undefined : 'all servers stand in one zone')];
  },
  examples: {
    pass: {
      'two subnets are in two zones': { ...group(both), A: subnet('eu-west-1a'), B: subnet('eu-west-1b') },
      'the zones are those of the region': { ...group(both), A: subnet(0), B: subnet(1) },
      'two zones are named': group({ AvailabilityZones: ['eu-west-1a', 'eu-west-1b'] }),
    },
    fail: {
      'there is one subnet': group({ VPCZoneIdentifier: ['subnet-1'] }),
      'two subnets are in one zone': { ...group(both), A: subnet('eu-west-1a'), B: subnet('eu-west-1a') },
      'one zone is named': group({ AvailabilityZones: ['eu-west-1a'] }),
      'no zone is named': group({}),
    },
    undetermined: {
      'the subnets are a parameter': {
        Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
        Resources: group({ VPCZoneIdentifier: { Ref: 'Subnets' } }),
      },
      'the subnets are not among the templates': group({ VPCZoneIdentifier: ['subnet-1', 'subnet-2'] }),
    },
  },
});
