import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { areSpread, zoneOfSubnet } from '../shared/zones';

const EXPECTED = 'subnets in at least two availability zones';
const lambda = (SubnetIds: Json) => ({ Function: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds } } } });
const subnet = (name: string, AvailabilityZone: Json): JsonObject => ({
  [name]: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone } },
});

export default defineRule({
  id: 'Lambda.9',
  slug: 'lambda-multi-az',
  title: 'Lambda functions in a VPC can run in more than one availability zone',
  criteria: [Criterion.A1_2, Criterion.A1_1],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::Lambda::Function'],
  applies: (lambda) => lambda.at('VpcConfig.SubnetIds').items().length > 0,
  rationale: 'A function that is bound to one availability zone stops when that zone does, though Lambda itself goes on.',
  remediation: 'Leave out `vpcSubnets`, or select a group of subnets: CDK then takes one of every availability zone.',
  references: ['Security Hub Lambda.5', 'AWS Config LAMBDA_VPC_MULTI_AZ_CHECK', 'NIST 800-53 CP-10'],
  check: (lambda) => {
    const subnets = lambda.at('VpcConfig.SubnetIds');
    if (subnets.isUnknown) return [subnets.undetermined(EXPECTED)];
    const isSpread = areSpread(subnets.items().map(zoneOfSubnet));
    if (isSpread) return [];
    return isSpread === undefined
      ? [subnets.undetermined(EXPECTED, 'it is not known which zones the subnets are in')]
      : [subnets.fails(EXPECTED, 'all subnets of the function are in one availability zone')];
  },
  examples: {
    pass: {
      'the subnets are in two zones': {
        ...lambda([{ Ref: 'A' }, { Ref: 'B' }]),
        ...subnet('A', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }),
        ...subnet('B', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }),
      },
    },
    fail: {
      'there is one subnet': lambda(['subnet-1']),
      'the subnets are in one zone': {
        ...lambda([{ Ref: 'A' }, { Ref: 'B' }]),
        ...subnet('A', 'eu-west-1a'),
        ...subnet('B', 'eu-west-1a'),
      },
    },
    undetermined: {
      'the subnets are not among the templates': lambda(['subnet-1', 'subnet-2']),
      'the subnets are a parameter': {
        Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
        Resources: lambda({ Ref: 'Subnets' }),
      },
    },
  },
});
