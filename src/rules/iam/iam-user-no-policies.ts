import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { allow, document, withParameter } from '../shared/iam-examples';

const user = (properties: object) => ({ User: { Type: 'AWS::IAM::User', Properties: { ...properties } } });
const list = { PolicyName: 'list', PolicyDocument: document(allow('s3:ListAllMyBuckets')) };

/** Where a policy names the users that it is given to. */
const USERS: Readonly<Record<string, string>> = {
  'AWS::IAM::ManagedPolicy': 'Users',
  'AWS::IAM::Policy': 'Users',
  'AWS::IAM::UserPolicy': 'UserName',
};

export default defineRule({
  id: 'IAM.4',
  slug: 'iam-user-no-policies',
  title: 'Users receive permissions through groups only',
  criteria: [Criterion.CC6_3, Criterion.CC6_2, Criterion.CC6_1],
  control: 'identity-management',
  severity: 'error',
  resourceTypes: ['AWS::IAM::User', ...Object.keys(USERS)],
  applies: (resource) => resource.type === 'AWS::IAM::User' || !resource.at(USERS[resource.type]).isAbsent,
  rationale: 'Rights given to one person at a time stay behind when the work changes, and cannot be reviewed by role.',
  remediation: 'Attach the policy to a `Group` and put the user into it with `addToGroup`, or use a `Role` instead of the user.',
  references: [
    'Security Hub IAM.2',
    'AWS Config IAM_USER_NO_POLICIES_CHECK',
    'CIS AWS Foundations 1.15',
    'cdk-nag IAMUserNoPolicies',
    'checkov CKV_AWS_40',
  ],
  check: (resource) =>
    resource.type === 'AWS::IAM::User'
      ? ['ManagedPolicyArns', 'Policies'].flatMap((path) =>
          resource.at(path).mustNotBeSet({ problem: 'the user has policies of its own' }),
        )
      : resource.at(USERS[resource.type]).mustNotBeSet({ problem: 'the policy is given to users' }),
  examples: {
    pass: {
      'the user is in a group': user({ Groups: ['developers'] }),
      'the user has a permissions boundary': user({ PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' }),
    },
    fail: {
      'a managed policy is attached to the user': user({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
      'the user has an inline policy': user({ Policies: [list] }),
      'a policy names the user': {
        Policy: { Type: 'AWS::IAM::Policy', Properties: { ...list, Users: [{ Ref: 'User' }] } },
        ...user({}),
      },
      'a managed policy names users beside roles': {
        Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ...list, Roles: ['app'], Users: ['ana'] } },
      },
      'a policy is put into a user': { Policy: { Type: 'AWS::IAM::UserPolicy', Properties: { ...list, UserName: 'ana' } } },
    },
    undetermined: {
      'the users are a parameter': withParameter('Users', {
        Policy: { Type: 'AWS::IAM::Policy', Properties: { ...list, Users: { 'Fn::Split': [',', { Ref: 'Users' }] } } },
      }),
    },
  },
});
