import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { USER_POOL, userPool } from '../shared/user-pools';

/** From this length on, it does not matter what a password is made of. */
const LONG = 14;
const KINDS = ['RequireLowercase', 'RequireUppercase', 'RequireNumbers', 'RequireSymbols'];
const ALL_KINDS: JsonObject = { RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true };

const passwords = (policy: JsonObject) => userPool({ Policies: { PasswordPolicy: policy } });

export default defineRule({
  id: 'Cognito.1',
  slug: 'cognito-password-policy',
  title: 'User pools ask for passwords of 8 characters of all kinds, or of 14',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: [USER_POOL],
  rationale: 'Short and simple passwords are guessed, and the accounts behind them hold the data of customers.',
  remediation:
    'Leave `passwordPolicy` out, set `minLength: 14`, or set `minLength: 8` and all of `requireLowercase`, `requireUppercase`, `requireDigits` and `requireSymbols`: what a policy does not mention is not asked for.',
  references: [
    'Security Hub Cognito.3',
    'AWS Config COGNITO_USER_POOL_PASSWORD_POLICY_CHECK',
    'cdk-nag CognitoUserPoolStrongPasswordPolicy',
    'NIST SP 800-63B',
  ],
  check: (pool) => {
    const policy = pool.at('Policies.PasswordPolicy');
    if (policy.isAbsent)
      return policy.mustBeSet('a policy', { absent: 'by default, Cognito asks for 8 characters with all four kinds of them' });
    const length = policy.at('MinimumLength');
    if ((length.number ?? 0) >= LONG) return [];
    const kinds = KINDS.flatMap((kind) => policy.at(kind).mustBe(true));
    if (length.isUnknown && kinds.some(({ kind }) => kind === 'fail')) return [length.undetermined(`at least ${LONG}`)];
    return [...length.mustBeAtLeast(8), ...kinds];
  },
  examples: {
    pass: {
      'there is no policy': userPool({}),
      'passwords are long': passwords({ MinimumLength: 16 }),
      'passwords have 8 characters of all kinds': passwords({ MinimumLength: '8', ...ALL_KINDS }),
    },
    fail: {
      'passwords are short': passwords({ MinimumLength: 6, ...ALL_KINDS }),
      'no kind is asked for': passwords({ MinimumLength: 12 }),
      'one kind is not asked for': passwords({ MinimumLength: 12, ...ALL_KINDS, RequireSymbols: false }),
    },
    undetermined: {
      'the length is a parameter': {
        Parameters: { Length: { Type: 'Number' } },
        Resources: passwords({ MinimumLength: { Ref: 'Length' } }),
      },
    },
  },
});
