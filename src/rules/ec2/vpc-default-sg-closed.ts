import { Criterion } from '../../criteria/criterion';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';

/** A custom resource of CDK; CloudFormation itself cannot change the default security group. */
const RESTRICTION = 'Custom::VpcRestrictDefaultSG';

const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } };
const group = { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] };
const restriction = { Closed: { Type: RESTRICTION, Properties: { DefaultSecurityGroupId: group, Account: '111122223333' } } };

export default defineRule({
  id: 'EC2.9',
  slug: 'vpc-default-sg-closed',
  title: 'The default security group of each VPC has no rules',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::VPC'],
  rationale: 'Whatever is created without a security group gets the default one, whose members may all talk to each other.',
  remediation:
    'Set `restrictDefaultSecurityGroup: true` on the VPC, or the feature flag `@aws-cdk/aws-ec2:restrictDefaultSecurityGroup`.',
  references: ['Security Hub EC2.2', 'AWS Config VPC_DEFAULT_SECURITY_GROUP_CLOSED', 'cdk-nag VPCDefaultSecurityGroupClosed'],
  check: (network) => {
    const added = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']
      .flatMap((type) => network.pointedAtBy(type, 'GroupId'))
      .map((rule) => rule.at('GroupId').fails('another security group', 'a rule is added to the default security group'));
    if (added.length > 0) return added;
    const closing = network.pointedAtBy(RESTRICTION, 'DefaultSecurityGroupId');
    if (closing.length > 0) return closing.map((each) => metBy(each, 'it removes the rules of the default security group'));
    const open = unnamedPointer(network, RESTRICTION, 'DefaultSecurityGroupId', `a '${RESTRICTION}' for the VPC`);
    if (open.length > 0) return open;
    return [network.fails('the default security group keeps its rules', `a '${RESTRICTION}' for the VPC`)];
  },
  examples: {
    pass: { 'a custom resource removes the rules': { ...vpc, ...restriction } },
    fail: {
      'nothing changes the default group': vpc,
      'the custom resource is for another vpc': {
        ...vpc,
        Closed: { Type: RESTRICTION, Properties: { DefaultSecurityGroupId: 'sg-0123456789abcdef0' } },
      },
      'a rule is added again': {
        ...vpc,
        ...restriction,
        Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: group, IpProtocol: '-1', CidrIp: '10.0.0.0/8' } },
      },
    },
    undetermined: {
      'the group of the custom resource is a parameter': {
        Parameters: { Group: { Type: 'String' } },
        Resources: { ...vpc, Closed: { Type: RESTRICTION, Properties: { DefaultSecurityGroupId: { Ref: 'Group' } } } },
      },
    },
  },
});
