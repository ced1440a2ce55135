import { Criterion } from '../../criteria/criterion';
import type { Observation } from '../../model/observation';
import { IDENTITY_POLICY_TYPES, type Reading, type Statement } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { ESCALATION_PATHS, ESCALATION_SERVICES, opening } from '../shared/iam-escalation-paths';
import { allow, document, inlinePolicy, managedPolicy, role, withParameter } from '../shared/iam-examples';
import { attachedTo, grantsOf, statesGrants } from '../shared/iam-grants';

const EXPECTED = 'no way to rights that were not granted';

function relevantTo(resource: Resource): Statement[] {
  return grantsOf(resource).filter((statement) => statement.mayConcern(ESCALATION_SERVICES));
}

/** Findings on open paths, by the statement that opens them, without those that an attached policy opens by itself. */
function findings(own: readonly Statement[], attached: readonly (readonly Statement[])[]): Observation[] {
  const all = [...own, ...attached.flat()];
  if (all.length === 0) return [];
  const open = (reading: Reading) => {
    const ways = new Map<Statement, string[]>();
    for (const path of ESCALATION_PATHS) {
      const statement = opening(path, all, reading);
      if (!statement || attached.some((each) => opening(path, each, reading))) continue;
      ways.set(statement, [...(ways.get(statement) ?? []), path.actions.join(' + ')]);
    }
    return ways;
  };
  const surely = open('surely');
  const unknown = all.flatMap((statement) => statement.openPart ?? [])[0];
  const possibly = unknown ? [...open('possibly').keys()].filter((statement) => !surely.has(statement)) : [];
  return [
    ...[...surely].map(([{ value }, [way, ...more]]) =>
      value.fails(
        EXPECTED,
        `the holder can gain more rights by ${way}${more.length > 0 ? `, and in ${more.length} other ways` : ''}`,
      ),
    ),
    ...possibly.map((statement) => (statement.openPart ?? unknown).undetermined(EXPECTED)),
  ];
}

export default defineRule({
  id: 'IAM.8',
  slug: 'iam-no-privilege-escalation-inline',
  title: 'No identity can grant itself more rights',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: IDENTITY_POLICY_TYPES,
  applies: (resource) => statesGrants(resource) || attachedTo(resource).some(statesGrants),
  rationale: 'A small role that can pass, take or change a bigger one is as powerful as the biggest role of the account.',
  remediation:
    'Name what the first of the actions may touch, as `role.grantPassRole(…)` does, or give the actions to different identities.',
  references: [
    'checkov CKV_AWS_110',
    'checkov CKV_AWS_109',
    'Prowler iam_inline_policy_allows_privilege_escalation',
    'NIST 800-53 AC-6',
  ],
  check: (resource) => {
    const own = relevantTo(resource);
    const attached = attachedTo(resource);
    // What a single policy opens is found where that policy is judged.
    return own.length === 0 && attached.length < 2 ? [] : findings(own, attached.map(relevantTo));
  },
  examples: {
    pass: {
      'one role may be passed': inlinePolicy(allow('ecs:RunTask'), allow('iam:PassRole', 'arn:aws:iam::111122223333:role/task')),
      'roles may be passed only to another service': inlinePolicy(
        allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
        allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'monitoring.amazonaws.com' } } }),
      ),
      'users manage their own keys': inlinePolicy(allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/${aws:username}')),
      'roles that carry a tag may be assumed': inlinePolicy(
        allow('sts:AssumeRole', 'arn:*:iam::111122223333:role/*', {
          Condition: { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy', 'lookup'] } },
        }),
      ),
      'what would open the way is denied': inlinePolicy(allow(['iam:PassRole', 'ec2:RunInstances']), {
        Effect: 'Deny',
        Action: 'iam:Pass*',
        Resource: '*',
      }),
    },
    fail: {
      'any policy may be attached to any role': inlinePolicy(allow(['iam:ListRoles', 'iam:Attach*'], 'arn:aws:iam::*:role/*')),
      'any role may be passed to a function': managedPolicy(
        allow('iam:passrole', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' }),
        allow(['lambda:CreateFunction', 'lambda:Invoke*'], 'arn:aws:lambda:eu-west-1:111122223333:function:orders-*'),
      ),
      'any role may be passed to the service that is used': inlinePolicy(
        allow('ec2:*'),
        allow('iam:PassRole', '*', { Condition: { StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' } } }),
      ),
      'the code of any function may be changed': role({
        Policies: [{ PolicyName: 'deploy', PolicyDocument: document(allow('lambda:UpdateFunctionCode')) }],
      }),
      'two policies of a role do it together': {
        ...role({ Policies: [{ PolicyName: 'pass', PolicyDocument: document(allow('iam:PassRole')) }] }),
        Start: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'start', Roles: [{ Ref: 'Role' }], PolicyDocument: document(allow('ec2:RunInstances')) },
        },
      },
      'everything is left over': inlinePolicy({ Effect: 'Allow', NotAction: 'organizations:*', Resource: '*' }),
    },
    undetermined: {
      'the role to pass is a parameter': withParameter(
        'Role',
        inlinePolicy(allow(['ecs:RunTask', 'iam:PassRole'], { Ref: 'Role' })),
      ),
    },
  },
});
