import { Criterion } from '../../criteria/criterion';
import { anyOf, metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { allow, document, managedPolicy, role, withParameter } from '../shared/iam-examples';
import { boundedBy, holdersOf } from '../shared/iam-grants';

const policy = (properties: object = {}) => ({
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: document(allow('s3:ListAllMyBuckets')), ...properties },
  },
});

export default defineRule({
  id: 'IAM.7',
  slug: 'iam-customer-managed-policy-attached',
  title: 'Every customer managed policy is attached to an identity',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'access-review',
  severity: 'warning',
  resourceTypes: ['AWS::IAM::ManagedPolicy'],
  rationale: 'A policy that nobody has is left out of reviews, until somebody attaches it and gives what nobody looked at.',
  remediation:
    'Attach the policy with its `roles` or `groups`, or with `addManagedPolicy` of a role; remove it when nobody needs it.',
  references: ['Powerpipe iam_custom_managed_policy_attached_to_role', 'NIST 800-53 AC-6'],
  check: (policy) => {
    const [holder] = holdersOf(policy);
    if (holder) return [metBy(holder, 'this identity has the policy')];
    const [bounded] = boundedBy(policy);
    if (bounded) return [metBy(bounded, 'the policy is the permissions boundary of this identity')];
    return anyOf(
      ['Roles', 'Groups', 'Users'].map((identities) => policy.at(identities).mustBeSet()),
      () => policy.fails('the policy is attached to nothing', 'a role or a group that has it'),
    );
  },
  examples: {
    pass: {
      'the policy names a role': managedPolicy(allow('s3:ListAllMyBuckets')),
      'a role names the policy': { ...policy(), ...role({ ManagedPolicyArns: [{ Ref: 'Policy' }] }) },
      'the policy is a permissions boundary': { ...policy(), ...role({ PermissionsBoundary: { Ref: 'Policy' } }) },
    },
    fail: {
      'nothing has the policy': policy(),
      'the lists of identities are empty': policy({ Roles: [], Groups: [], Users: [] }),
      'a role has another policy': { ...policy(), ...role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }) },
    },
    undetermined: {
      'the roles are a parameter': withParameter('Roles', policy({ Roles: { 'Fn::Split': [',', { Ref: 'Roles' }] } })),
    },
  },
});
