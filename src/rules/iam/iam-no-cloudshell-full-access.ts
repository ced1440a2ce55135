import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { forbidAwsManaged } from '../shared/aws-managed-policies';
import { role, withParameter } from '../shared/iam-examples';

const FULL_ACCESS = 'AWSCloudShellFullAccess';

export default defineRule({
  id: 'IAM.18',
  slug: 'iam-no-cloudshell-full-access',
  title: 'No identity has the policy AWSCloudShellFullAccess',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User'],
  applies: (identity) => !identity.at('ManagedPolicyArns').isAbsent,
  rationale: 'CloudShell with file transfer is a way out for data, past every network control, on a machine that nobody watches.',
  remediation: 'Allow what is needed of `cloudshell:` in a `PolicyStatement`, without `cloudshell:GetFileDownloadUrls`.',
  references: ['CIS AWS Foundations 1.21', 'Security Hub IAM.27', 'ElectricEye IAM.20', 'NIST 800-53 AC-6'],
  check: (identity) => forbidAwsManaged(identity, [FULL_ACCESS], 'the actions of CloudShell that are needed'),
  examples: {
    pass: { 'another policy is attached': role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }) },
    fail: {
      'the policy is attached': role({ ManagedPolicyArns: [`arn:aws:iam::aws:policy/${FULL_ACCESS}`] }),
      'the policy is attached in whatever partition': role({
        ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${FULL_ACCESS}` }],
      }),
    },
    undetermined: { 'the policy is a parameter': withParameter('Arn', role({ ManagedPolicyArns: [{ Ref: 'Arn' }] })) },
  },
});
