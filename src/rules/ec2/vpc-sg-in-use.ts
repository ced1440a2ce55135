import { Criterion } from '../../criteria/criterion';
import { namesIn } from '../../model/references';
import type { Resource } from '../../model/resource';
import type { Template } from '../../model/template';
import { defineRule } from '../rule';

/** These describe a group; they do not use it. */
const RULES = /^AWS::EC2::(SecurityGroup|SecurityGroupIngress|SecurityGroupEgress|SecurityGroupVpcAssociation)$/;

const group = { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Service' } } };
const id = { 'Fn::GetAtt': ['Group', 'GroupId'] };

export default defineRule({
  id: 'EC2.8',
  slug: 'vpc-sg-in-use',
  title: 'Every security group is attached to something',
  criteria: [Criterion.CC6_1],
  control: 'network-segmentation',
  severity: 'info',
  resourceTypes: ['AWS::EC2::SecurityGroup'],
  rationale: 'A group that nothing uses is attached to something by mistake one day, with rules that nobody reviewed for it.',
  remediation: 'Remove the security group, or pass it to the resource that it was made for.',
  references: ['Security Hub EC2.22', 'AWS Config EC2_SECURITY_GROUP_ATTACHED_TO_ENI'],
  check: (resource) =>
    isUsed(resource)
      ? []
      : [resource.fails('nothing in the template uses the group', 'a resource that the group is attached to')],
  examples: {
    pass: {
      'an instance uses it': { ...group, Host: { Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [id] } } },
      'another stack may use it': { Resources: group, Outputs: { Group: { Value: id, Export: { Name: 'group' } } } },
      'it is used by way of a substitution': {
        ...group,
        Host: { Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [{ 'Fn::Sub': '${Group.GroupId}' }] } },
      },
    },
    fail: {
      'nothing uses it': group,
      'only a rule names it': {
        ...group,
        Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: id, IpProtocol: '-1', CidrIp: '10.0.0.0/8' } },
      },
    },
  },
});

/** What outputs name, by template: they are read once, not once for each of its groups. */
const EXPOSED = new WeakMap<Template, ReadonlySet<string>>();

function isUsed(group: Resource): boolean {
  if (group.referrers.some((type) => !RULES.test(type))) return true;
  const { template, logicalId } = group.entry;
  let exposed = EXPOSED.get(template);
  if (!exposed) {
    exposed = namesIn(template.body.Outputs);
    EXPOSED.set(template, exposed);
  }
  return exposed.has(logicalId);
}
