import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { allow, document, inlinePolicy, role, withParameter } from '../shared/iam-examples';

const IDENTITIES = ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User'];
const INLINE = ['AWS::IAM::GroupPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy'];

export default defineRule({
  id: 'IAM.3',
  slug: 'iam-no-inline-policies',
  title: 'Identities have no inline policies',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  // Every grant of the CDK makes an inline policy, and one that grants little: this is recorded, not asked for.
  severity: 'info',
  resourceTypes: [...IDENTITIES, ...INLINE],
  rationale: 'A managed policy is reviewed once, has versions and shows who has it; an inline policy hides in each identity.',
  remediation:
    'Put the statements into a `ManagedPolicy` with `roles`; `role.withoutPolicyUpdates()` keeps grants out of a role.',
  references: ['AWS Config IAM_NO_INLINE_POLICY_CHECK', 'cdk-nag IAMNoInlinePolicy', 'NIST 800-53 AC-6'],
  check: (resource) =>
    INLINE.includes(resource.type)
      ? [resource.fails(`'${resource.type}' is an inline policy`, 'a managed policy', resource.type)]
      : resource.at('Policies').mustNotBeSet({ problem: 'the identity has inline policies' }),
  examples: {
    pass: {
      'a role has a managed policy': role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
      'a role has no policy': role(),
      'a role has an empty list of policies': role({ Policies: [] }),
    },
    fail: {
      'a policy is written into a role': inlinePolicy(allow('s3:ListAllMyBuckets')),
      'a role is made with a policy': role({
        Policies: [{ PolicyName: 'list', PolicyDocument: document(allow('s3:ListAllMyBuckets')) }],
      }),
      'a policy is put into a user': {
        Policy: {
          Type: 'AWS::IAM::UserPolicy',
          Properties: { UserName: 'ana', PolicyName: 'list', PolicyDocument: document(allow('s3:ListAllMyBuckets')) },
        },
      },
    },
    undetermined: { 'the policies are a parameter': withParameter('Policies', role({ Policies: { Ref: 'Policies' } })) },
  },
});
