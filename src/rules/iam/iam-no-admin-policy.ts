import { Criterion } from '../../criteria/criterion';
import { IDENTITY_POLICY_TYPES, type Reading, type Statement } from '../../model/policy';
import { defineRule } from '../rule';
import { SELF_GRANTS } from '../shared/iam-escalation-paths';
import { allow, document, inlinePolicy, managedPolicy, role, withParameter } from '../shared/iam-examples';
import { forbid, statesGrants } from '../shared/iam-grants';

const KINDS = ['iam:group/any', 'iam:policy/any', 'iam:role/any', 'iam:user/any'];

/**
 * Whoever has all of IAM can have everything. So this is about what a statement says of IAM: `*` says all of it, and so does `NotAction` unless it takes away every action that grants something.
 */
function isAdministrative(statement: Statement, reading: Reading): boolean {
  return (
    KINDS.some((kind) => statement.allowsOnEvery(kind, 'iam:AnyAction', reading)) &&
    SELF_GRANTS.some((action) => statement.covers(action, reading))
  );
}

export default defineRule({
  id: 'IAM.1',
  slug: 'iam-no-admin-policy',
  title: 'No policy allows every action on every resource',
  criteria: [Criterion.CC6_3, Criterion.CC6_1, Criterion.CC6_2],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: IDENTITY_POLICY_TYPES,
  applies: statesGrants,
  rationale:
    'Whoever holds such a policy, or steals its credentials, can read all data, remove all traces and undo every other control.',
  remediation:
    'Name what is needed, best with a `grant…` method of the resource; a `Deny` beside the statement does not mend it.',
  references: [
    'Security Hub IAM.1',
    'AWS Config IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS',
    'CIS AWS Foundations 1.16',
    'Control Tower CT.IAM.PR.1',
    'NIST 800-53 AC-6',
    'cdk-nag IAMPolicyNoStatementsWithAdminAccess',
    'checkov CKV_AWS_62',
  ],
  check: (resource) =>
    forbid(resource, 'named actions on named resources', (statement, reading) =>
      isAdministrative(statement, reading) ? 'the statement allows everything, or all of IAM and with it everything' : undefined,
    ),
  examples: {
    pass: {
      'actions and resources are named': inlinePolicy(allow(['s3:GetObject*', 's3:List*'], 'arn:aws:s3:::orders/*')),
      'everything is denied': inlinePolicy({ Effect: 'Deny', Action: '*', Resource: '*' }),
      'everything is allowed on one bucket': inlinePolicy(allow('*', ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'])),
      'all but IAM is allowed': inlinePolicy({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }),
      'everything is allowed on what carries a tag': inlinePolicy(
        allow('*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } }),
      ),
      'a permissions boundary grants nothing': {
        ...role({
          PermissionsBoundary: { Ref: 'Boundary' },
          Policies: [{ PolicyDocument: document(allow('s3:ListAllMyBuckets')) }],
        }),
        Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow('*')) } },
      },
    },
    fail: {
      'everything is allowed': inlinePolicy(allow('*')),
      'everything is allowed, in another shape and order': managedPolicy({
        Resource: ['*'],
        Action: ['s3:ListAllMyBuckets', '*:*'],
        Effect: 'Allow',
      }),
      'everything is allowed inside a role': role({
        Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: allow('*') } }],
      }),
      'all of IAM is allowed': inlinePolicy(allow('IAM:*', 'arn:aws:iam::111122223333:*')),
      'all but one action is allowed': inlinePolicy({ Effect: 'Allow', NotAction: 'iam:CreateUser', Resource: '*' }),
      'everything but one resource is allowed': inlinePolicy({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::logs' }),
      'everything is allowed to whoever has a second factor': inlinePolicy(
        allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ),
      'the document is a text': {
        Policy: {
          Type: 'AWS::IAM::UserPolicy',
          Properties: { UserName: 'ana', PolicyDocument: JSON.stringify(document(allow('*'))) },
        },
      },
    },
    undetermined: {
      'the action is a parameter': withParameter('Action', inlinePolicy(allow({ Ref: 'Action' }))),
      'the resource is a parameter': withParameter('Resource', inlinePolicy(allow('*', { Ref: 'Resource' }))),
    },
  },
});
