import { Criterion } from '../../criteria/criterion';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';

const user = (properties: object) => ({
  User: {
    Type: 'AWS::ElastiCache::User',
    Properties: { UserName: 'orders', Engine: 'valkey', AccessString: 'on ~orders:* +@read', ...properties },
  },
});

export default defineRule({
  id: 'ElastiCache.6',
  slug: 'elasticache-user-password',
  title: 'Users of Redis and Valkey authenticate with IAM or a password',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: ['AWS::ElastiCache::User'],
  applies: (user) => !isOff(user),
  rationale: 'A user without a password is everyone who can reach the port, whatever the user group promises.',
  remediation:
    "Set `authenticationMode: { Type: 'iam' }`, or `passwords` from a secret. A user that only has to exist, as `default` does, gets `accessString: 'off -@all'`.",
  references: ['AWS documentation: ElastiCache, role-based access control', 'NIST 800-53 IA-2'],
  check: (user) => {
    const none = user.at('NoPasswordRequired');
    const type = user.at('AuthenticationMode.Type');
    const isOpen = none.boolean === true || type.string?.toLowerCase() === 'no-password-required';
    if (isOpen) return [(type.isAbsent ? none : type).fails('IAM or a password', 'the user needs no password')];
    if (none.isUnknown) return [none.undetermined('false')];
    if (!type.isAbsent) return type.must("'iam' or 'password'", ({ string }) => /^(iam|password)$/i.test(string ?? ''));
    return user.at('Passwords').mustBeSet('IAM or a password');
  },
  examples: {
    pass: {
      'the user has an identity of IAM': user({ AuthenticationMode: { Type: 'iam' } }),
      'the user has a password': user({ Passwords: ['{{resolve:secretsmanager:cache:SecretString:password}}'] }),
      'a user without a password is turned off': {
        ...user({ AuthenticationMode: { Type: 'iam' } }),
        Default: {
          Type: 'AWS::ElastiCache::User',
          Properties: { UserName: 'default', NoPasswordRequired: true, AccessString: 'off -@all' },
        },
      },
    },
    fail: {
      'the user needs no password': user({ NoPasswordRequired: 'true' }),
      'the mode is to ask for nothing': user({ AuthenticationMode: { Type: 'no-password-required' } }),
      'the user has no password': user({}),
      'the user needs no password in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: user({ AuthenticationMode: { Type: { 'Fn::If': ['IsProduction', 'iam', 'no-password-required'] } } }),
      },
    },
    undetermined: {
      'the mode is a parameter': {
        Parameters: { Mode: { Type: 'String' } },
        Resources: user({ AuthenticationMode: { Type: { Ref: 'Mode' } } }),
      },
    },
  },
});

function isOff(user: Resource): boolean {
  return user.at('AccessString').string?.trim().split(' ')[0] === 'off';
}
