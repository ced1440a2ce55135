import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const subnet = (properties: JsonObject) => ({
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', ...properties } },
});

export default defineRule({
  id: 'EC2.14',
  slug: 'vpc-subnet-no-auto-public-ip',
  title: 'Subnets assign no public address by themselves',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Subnet'],
  rationale: 'Where a subnet hands out public addresses, an instance is on the internet because nobody said otherwise.',
  remediation:
    'Set `mapPublicIpOnLaunch: false` for the public subnets in `subnetConfiguration`; load balancers and NAT gateways do not need it.',
  references: [
    'Security Hub EC2.15',
    'AWS Config SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED',
    'cdk-nag VPCSubnetAutoAssignPublicIpDisabled',
    'CT.EC2.PR.11',
  ],
  check: (resource) =>
    resource.at('MapPublicIpOnLaunch').mustBe(false, { absent: 'a subnet assigns no public address unless it is told to' }),
  examples: {
    pass: {
      'it is not mentioned': subnet({}),
      'it is off': subnet({ MapPublicIpOnLaunch: false }),
    },
    fail: {
      'it is on': subnet({ MapPublicIpOnLaunch: true }),
      'it is on, as text': subnet({ MapPublicIpOnLaunch: 'true' }),
    },
    undetermined: {
      'it is a parameter': {
        Parameters: { Public: { Type: 'String' } },
        Resources: subnet({ MapPublicIpOnLaunch: { Ref: 'Public' } }),
      },
    },
  },
});
