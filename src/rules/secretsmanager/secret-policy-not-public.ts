import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { noPublicPolicies } from '../shared/public-policies';

const policy = (more: object) => ({
  Policy: {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: {
      SecretId: 'orders',
      ResourcePolicy: {
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', ...more }],
      },
    },
  },
});

export default defineRule({
  id: 'SecretsManager.4',
  slug: 'secret-policy-not-public',
  title: 'Policies of secrets name who may read them',
  criteria: [Criterion.CC6_1, Criterion.CC6_3],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({ 'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'] }),
  rationale: 'A secret that any account may ask for is none.',
  remediation:
    'Name roles or accounts as the principals in `addToResourcePolicy`, and set `blockPublicPolicy: true` on the `ResourcePolicy`.',
  references: ['AWS Well-Architected SEC03-BP07', 'NIST 800-53 AC-3'],
  examples: {
    pass: {
      'a role is named': policy({ Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } }),
      'everyone of the organization may read': policy({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-ab12cd34ef' } } }),
      'everyone is denied': policy({ Effect: 'Deny' }),
    },
    fail: {
      'everyone may read': policy({}),
      'every principal of AWS may read': policy({ Principal: { AWS: '*' } }),
      'everyone with a certain version may read': policy({
        Condition: { StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
      }),
    },
    undetermined: { 'who may read is a parameter': byParameter((AWS) => policy({ Principal: { AWS } })) },
  },
});
