import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const GROUP = 'AWS::EC2::SecurityGroup';

const group = (...ingress: JsonObject[]) => ({
  Group: { Type: GROUP, Properties: { GroupDescription: 'Shop', SecurityGroupIngress: ingress } },
});
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' };

export default defineRule({
  id: 'EC2.42',
  slug: 'sg-rule-description',
  title: 'Rules of security groups say what they are for',
  criteria: [Criterion.CC6_6, Criterion.CC8_1, Criterion.CC2_1],
  control: 'network-boundary',
  severity: 'info',
  resourceTypes: [GROUP, 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'],
  rationale:
    'Who reviews the firewall a year later can only tell a rule that is needed from one that was forgotten by its description.',
  remediation: 'Pass a description to `addIngressRule(…)`, `addEgressRule(…)` and `connections.allowFrom(…)`.',
  references: ['checkov CKV_AWS_23', 'cdk-nag EC2SecurityGroupDescription'],
  check: (resource) => {
    if (resource.type !== GROUP) return resource.at('Description').mustBeSet('a description');
    const rules = [...resource.at('SecurityGroupIngress').items(), ...resource.at('SecurityGroupEgress').items()];
    return rules.flatMap((rule) => rule.at('Description').mustBeSet('a description'));
  },
  examples: {
    pass: {
      'the rule has a description': group({ ...https, Description: 'Customers' }),
      'the group has no rules': group(),
      'the rule stands beside the group': {
        Rule: {
          Type: 'AWS::EC2::SecurityGroupEgress',
          Properties: { GroupId: 'sg-1', ...https, Description: 'Payment service' },
        },
      },
    },
    fail: {
      'the rule has none': group(https),
      'the description is empty': group({ ...https, Description: '' }),
      'one rule of two has none': group({ ...https, Description: 'Customers' }, { ...https, FromPort: 80, ToPort: 80 }),
      'the rule beside the group has none': {
        Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-1', ...https } },
      },
    },
    undetermined: {
      'the description is a parameter': {
        Parameters: { Description: { Type: 'String' } },
        Resources: group({ ...https, Description: { Ref: 'Description' } }),
      },
    },
  },
});
