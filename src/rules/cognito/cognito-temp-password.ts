import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { USER_POOL, userPool } from '../shared/user-pools';

const MOST_DAYS = 7;

const valid = (days: Json) => userPool({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: days } } });

export default defineRule({
  id: 'Cognito.3',
  slug: 'cognito-temp-password',
  title: 'Temporary passwords of user pools expire within a week',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'credential-lifecycle',
  severity: 'warning',
  resourceTypes: [USER_POOL],
  rationale: 'A temporary password lies in a mailbox; whoever finds it there before it expires takes the account over.',
  remediation: 'Set `tempPasswordValidity` in `passwordPolicy` to 7 days or less; a day is enough where people wait for it.',
  references: ['Security Hub Cognito.3', 'ElectricEye Cognito.2', 'NIST 800-53 IA-5'],
  check: (pool) =>
    pool
      .at('Policies.PasswordPolicy.TemporaryPasswordValidityDays')
      .must(`at most ${MOST_DAYS}`, (days) => days.number !== undefined && days.number <= MOST_DAYS, {
        absent: 'a temporary password is valid for 7 days by default',
      }),
  examples: {
    pass: { 'it expires after a day': valid(1), 'it expires by default, after a week': userPool({}) },
    fail: { 'it expires after a month': valid(30), 'it expires after a year': valid('365') },
    undetermined: {
      'it is a parameter': { Parameters: { Days: { Type: 'Number' } }, Resources: valid({ Ref: 'Days' }) },
    },
  },
});
