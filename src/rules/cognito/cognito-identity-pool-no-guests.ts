import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

const POOL = 'AWS::Cognito::IdentityPool';

export default defineRule({
  id: 'Cognito.6',
  slug: 'cognito-identity-pool-no-guests',
  title: 'Identity pools give no credentials to guests',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'warning',
  resourceTypes: [POOL],
  rationale:
    'The id of a pool stands in every app that uses it: whoever reads it there gets AWS credentials without a name, and no log can tell guests apart.',
  remediation: 'Leave `allowUnauthenticatedIdentities` of the `IdentityPool` at its default of false, and have visitors sign in.',
  references: [
    'Security Hub Cognito.2',
    'AWS Config COGNITO_IDENTITY_POOL_UNAUTH_ACCESS_CHECK',
    'Checkov CKV_AWS_366',
    'NIST 800-53 IA-2',
  ],
  check: (pool) => pool.at('AllowUnauthenticatedIdentities').mustBe(false),
  examples: flagExamples({ type: POOL, path: 'AllowUnauthenticatedIdentities', wanted: false }),
});
