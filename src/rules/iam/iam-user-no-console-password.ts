import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const user = (properties: JsonObject) => ({ User: { Type: 'AWS::IAM::User', Properties: properties } });

export default defineRule({
  id: 'IAM.23',
  slug: 'iam-user-no-console-password',
  title: 'No IAM user signs in to the console with a password',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'identity-management',
  severity: 'error',
  resourceTypes: ['AWS::IAM::User'],
  rationale:
    'A password of IAM is outside the sign-in of the company: nobody asks for a second factor, and nobody takes it away.',
  remediation: 'Leave `password` of the `User` out, and let people sign in through IAM Identity Center.',
  references: ['NIST 800-53 IA-2', 'CIS AWS Foundations 1.21', 'CWE-798'],
  check: (user) => user.at('LoginProfile').mustNotBeSet({ problem: 'the user may sign in to the console with a password' }),
  examples: {
    pass: { 'there is no password': user({ UserName: 'deploy' }) },
    fail: {
      'the password is a secret': user({ LoginProfile: { Password: '{{resolve:secretsmanager:ana}}' } }),
      'the password must be changed': user({ LoginProfile: { Password: 'correct horse', PasswordResetRequired: true } }),
      'there is one in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: user({ LoginProfile: { 'Fn::If': ['IsProduction', { Ref: 'AWS::NoValue' }, { Password: 'correct horse' }] } }),
      },
    },
  },
});
