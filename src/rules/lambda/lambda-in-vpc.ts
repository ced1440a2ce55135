import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const lambda = (properties: object) => ({ Function: { Type: 'AWS::Lambda::Function', Properties: { ...properties } } });

export default defineRule({
  id: 'Lambda.1',
  slug: 'lambda-in-vpc',
  title: 'Lambda functions run in a VPC',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'info',
  resourceTypes: ['AWS::Lambda::Function'],
  rationale:
    'In a VPC, security groups and flow logs apply to what a function reaches; outside, it can reach all of the internet.',
  remediation: 'Pass `vpc` and `vpcSubnets` to functions that reach private resources or must not reach the internet.',
  references: [
    'Security Hub Lambda.3',
    'AWS Config LAMBDA_INSIDE_VPC',
    'cdk-nag LambdaInsideVPC',
    'Control Tower CT.LAMBDA.PR.3',
    'Checkov CKV_AWS_117',
  ],
  check: (lambda) => {
    const provider = lambda.at('CapacityProviderConfig');
    if (provider.isKnown)
      return [
        { kind: 'note', resource: lambda, path: provider.path, text: 'it runs on instances of a capacity provider, in its VPC' },
      ];
    return lambda.at('VpcConfig.SubnetIds').mustBeSet('subnets of a VPC');
  },
  examples: {
    pass: {
      'the function has subnets': lambda({ VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }),
      'the function runs on instances of a capacity provider': lambda({
        CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn:aws:lambda:::x' } },
      }),
    },
    fail: {
      'a VPC is not mentioned': lambda({}),
      'there are no subnets': lambda({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } }),
    },
    undetermined: {
      'the subnets are a parameter': {
        Parameters: { Subnets: { Type: 'CommaDelimitedList' } },
        Resources: lambda({ VpcConfig: { SubnetIds: { Ref: 'Subnets' } } }),
      },
    },
  },
});
