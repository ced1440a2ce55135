import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { allow, document, withParameter } from '../shared/iam-examples';
import { noPublicPolicies } from '../shared/public-policies';

const repository = (...statements: Record<string, Json>[]) => ({
  Repository: {
    Type: 'AWS::ECR::Repository',
    Properties: { RepositoryPolicyText: document(...statements.map(({ Resource, ...statement }) => statement)) },
  },
});
const pull = (Principal: Json, more: Record<string, Json> = {}) => allow('ecr:BatchGetImage', '*', { Principal, ...more });

export default defineRule({
  id: 'ECR.4',
  slug: 'ecr-repository-policy',
  title: 'Repositories of images do not admit everyone',
  criteria: [Criterion.CC6_3, Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({
    'AWS::ECR::Repository': ['RepositoryPolicyText'],
    'AWS::ECR::RepositoryCreationTemplate': ['RepositoryPolicy'],
    'AWS::ECR::RegistryPolicy': ['PolicyText'],
  }),
  rationale: 'An image holds the whole program, and whoever may push one decides what runs.',
  remediation: 'Name accounts or roles in the policy, as `repository.grantPull(…)` does, or ask for your `aws:PrincipalOrgID`.',
  references: ['checkov CKV_AWS_32', 'cdk-nag ECROpenAccess', 'NIST 800-53 AC-3'],
  examples: {
    pass: {
      'an account is admitted': repository(pull({ AWS: 'arn:aws:iam::111122223333:root' })),
      'the organization is admitted': repository(
        pull('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-aa111bb222' } } }),
      ),
    },
    fail: {
      'everyone is admitted': repository(pull('*')),
      'every account is admitted': repository(pull({ AWS: ['111122223333', '*'] })),
      'everyone is admitted to the whole registry': {
        Policy: { Type: 'AWS::ECR::RegistryPolicy', Properties: { PolicyText: document(pull('*')) } },
      },
    },
    undetermined: { 'the account is a parameter': withParameter('Account', repository(pull({ AWS: { Ref: 'Account' } }))) },
  },
});
