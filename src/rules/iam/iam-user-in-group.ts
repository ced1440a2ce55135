import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const user = (properties: object) => ({ User: { Type: 'AWS::IAM::User', Properties: { ...properties } } });
const addition = (users: Json) => ({
  Addition: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'developers', Users: users } },
});

export default defineRule({
  id: 'IAM.5',
  slug: 'iam-user-in-group',
  title: 'Every IAM user belongs to a group',
  criteria: [Criterion.CC6_3, Criterion.CC6_2, Criterion.CC6_1],
  control: 'identity-management',
  severity: 'warning',
  resourceTypes: ['AWS::IAM::User'],
  rationale: 'Groups stand for the roles that access is granted and reviewed by; a user outside of them is easily overlooked.',
  remediation: 'Give the user `groups`, or call `addToGroup`.',
  references: ['AWS Config IAM_USER_GROUP_MEMBERSHIP_CHECK', 'cdk-nag IAMUserGroupMembership', 'NIST 800-53 AC-2'],
  check: (user) => {
    const [added] = user.pointedAtBy('AWS::IAM::UserToGroupAddition', 'Users');
    if (added) return [metBy(added, 'the user is added to a group here')];
    const groups = user.at('Groups');
    if (groups.items().length > 0) return groups.mustBeSet('at least one group');
    const open = user.peers('AWS::IAM::UserToGroupAddition').find((each) => each.at('Users').isUnknown);
    return open
      ? [open.at('Users').undetermined(`the user '${user.logicalId}' among them`)]
      : [groups.fails('at least one group', 'the user is in no group')];
  },
  examples: {
    pass: {
      'the user is in a group': user({ Groups: ['developers'] }),
      'the user is in a group of the template': {
        ...user({ Groups: [{ Ref: 'Developers' }] }),
        Developers: { Type: 'AWS::IAM::Group' },
      },
      'the user is added to a group': { ...user({}), ...addition([{ Ref: 'User' }]) },
      'the user is added to a group by name': { ...user({ UserName: 'ana' }), ...addition(['ana']) },
    },
    fail: {
      'no group is mentioned': user({}),
      'the list of groups is empty': user({ Groups: [{ Ref: 'AWS::NoValue' }] }),
      'somebody else is added to a group': { ...user({ UserName: 'ana' }), ...addition(['eve']) },
    },
    undetermined: {
      'the users that are added are a parameter': withParameter('Users', {
        ...user({}),
        ...addition({ 'Fn::Split': [',', { Ref: 'Users' }] }),
      }),
    },
  },
});
