import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { forbidAwsManaged } from '../shared/aws-managed-policies';
import { role, withParameter } from '../shared/iam-examples';

const FULL_ACCESS = 'AmazonBedrockFullAccess';

export default defineRule({
  id: 'IAM.11',
  slug: 'iam-no-bedrock-full-access',
  title: 'No identity has the policy AmazonBedrockFullAccess',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User'],
  applies: (identity) => !identity.at('ManagedPolicyArns').isAbsent,
  rationale: 'What should only ask one model can then also train, delete and share models, and change what is logged of them.',
  remediation: 'Allow `bedrock:InvokeModel` on the `modelArn` of the model in a `PolicyStatement` instead of the managed policy.',
  references: ['Prowler bedrock_full_access_policy_attached', 'NIST 800-53 AC-6'],
  check: (identity) => forbidAwsManaged(identity, [FULL_ACCESS], 'the Bedrock actions that are needed'),
  examples: {
    pass: {
      'the policy allows to read': role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonBedrockReadOnly'] }),
      'the list of policies is empty': role({ ManagedPolicyArns: [] }),
    },
    fail: {
      'the policy is attached': role({ ManagedPolicyArns: [`arn:aws:iam::aws:policy/${FULL_ACCESS}`] }),
      'the policy is attached in whatever partition': role({
        ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${FULL_ACCESS}`]] }],
      }),
    },
    undetermined: {
      'the name of the policy is a parameter': withParameter(
        'Name',
        role({ ManagedPolicyArns: [{ 'Fn::Sub': 'arn:aws:iam::aws:policy/${Name}' }] }),
      ),
    },
  },
});
