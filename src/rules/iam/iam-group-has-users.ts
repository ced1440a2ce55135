import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf, metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const group = { Group: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'developers' } } };
const addition = (users: Json) => ({
  Addition: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'Group' }, Users: users } },
});

export default defineRule({
  id: 'IAM.6',
  slug: 'iam-group-has-users',
  title: 'Every IAM group has members',
  criteria: [Criterion.CC6_3, Criterion.CC6_2, Criterion.CC6_1],
  control: 'access-review',
  // People are often put into groups elsewhere, by hand or by an identity provider.
  severity: 'info',
  resourceTypes: ['AWS::IAM::Group'],
  rationale: 'A group that nobody is in holds rights that nobody needs, and that whoever is added to it later receives unseen.',
  remediation: 'Put users into the group with `addUser`, or remove it.',
  references: ['AWS Config IAM_GROUP_HAS_USERS_CHECK', 'cdk-nag IAMGroupHasUsers', 'NIST 800-53 AC-2'],
  check: (group) => {
    const [member] = group.pointedAtBy('AWS::IAM::User', 'Groups');
    if (member) return [metBy(member, 'this user is a member')];
    const additions = group.pointedAtBy('AWS::IAM::UserToGroupAddition', 'GroupName');
    return anyOf(
      additions.map((each) => each.at('Users').mustBeSet('at least one user')),
      () => group.fails('nobody is a member of the group', 'at least one member'),
    );
  },
  examples: {
    pass: {
      'a user names the group': { ...group, User: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'Group' }] } } },
      'a user names the group by its name': {
        ...group,
        User: { Type: 'AWS::IAM::User', Properties: { Groups: ['developers'] } },
      },
      'users are added to the group': { ...group, ...addition(['ana']) },
    },
    fail: {
      'nobody is in the group': group,
      'nobody is added to the group': { ...group, ...addition([]) },
      'the user is in another group': { ...group, User: { Type: 'AWS::IAM::User', Properties: { Groups: ['auditors'] } } },
    },
    undetermined: {
      'the users that are added are a parameter': withParameter('Users', {
        ...group,
        ...addition({ 'Fn::Split': [',', { Ref: 'Users' }] }),
      }),
    },
  },
});
