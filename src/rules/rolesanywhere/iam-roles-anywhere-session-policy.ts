import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const profile = (properties: JsonObject) => ({
  Profile: { Type: 'AWS::RolesAnywhere::Profile', Properties: { Name: 'builders', RoleArns: ['role'], ...properties } },
});

export default defineRule({
  id: 'RolesAnywhere.3',
  slug: 'iam-roles-anywhere-session-policy',
  title: 'Profiles of Roles Anywhere narrow what a session may do',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  // A role that is made for one profile has no more rights than it needs anyway.
  severity: 'info',
  resourceTypes: ['AWS::RolesAnywhere::Profile'],
  rationale:
    'Machines outside AWS are harder to watch; a session policy keeps a role that is shared from being more than they need.',
  remediation: 'Set `sessionPolicy` or `managedPolicyArns` of the `CfnProfile`.',
  references: ['ElectricEye IAMRA.3', 'ElectricEye IAMRA.4', 'NIST 800-53 AC-6'],
  check: (profile) =>
    anyOf([profile.at('SessionPolicy').mustBeSet('a policy'), profile.at('ManagedPolicyArns').mustBeSet('a policy')], () =>
      profile.fails('a session may do all that its role may', 'a session policy, or managed policies'),
    ),
  examples: {
    pass: {
      'there is a session policy': profile({ SessionPolicy: '{"Version":"2012-10-17","Statement":[]}' }),
      'there is a managed policy': profile({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }),
    },
    fail: {
      'there is no policy': profile({}),
      'the list of policies is empty': profile({ ManagedPolicyArns: [], SessionPolicy: '' }),
    },
    undetermined: { 'the policy is a parameter': withParameter('Policy', profile({ SessionPolicy: { Ref: 'Policy' } })) },
  },
});
