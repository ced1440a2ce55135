import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const user = (properties: object) => ({
  User: { Type: 'AWS::MemoryDB::User', Properties: { UserName: 'orders', AccessString: 'on ~orders:* +@read', ...properties } },
});

export default defineRule({
  id: 'MemoryDB.6',
  slug: 'memorydb-user-password',
  title: 'Users of MemoryDB authenticate with IAM or a password',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: ['AWS::MemoryDB::User'],
  rationale: 'A user without a password is everyone who can reach the port.',
  remediation:
    "Set `authenticationMode: { Type: 'iam' }` on `memorydb.CfnUser`, or `{ Type: 'password', Passwords: […] }` from a secret.",
  references: ['ElectricEye MemoryDB.6', 'NIST 800-53 IA-2'],
  check: (user) =>
    user.at('AuthenticationMode.Type').must("'iam' or 'password'", ({ string }) => /^(iam|password)$/i.test(string ?? '')),
  examples: {
    pass: {
      'the user has an identity of IAM': user({ AuthenticationMode: { Type: 'iam' } }),
      'the user has a password': user({
        AuthenticationMode: { Type: 'Password', Passwords: ['{{resolve:secretsmanager:orders:SecretString:password}}'] },
      }),
    },
    fail: {
      'authentication is not mentioned': user({}),
      'no password is asked for': user({ AuthenticationMode: { Type: 'no-password' } }),
      'no password is asked for in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: user({ AuthenticationMode: { Type: { 'Fn::If': ['IsProduction', 'iam', 'no-password'] } } }),
      },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Mode: { Type: 'String' } },
        Resources: user({ AuthenticationMode: { Type: { Ref: 'Mode' } } }),
      },
    },
  },
});
