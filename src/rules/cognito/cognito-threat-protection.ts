import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { USER_POOL, userPool } from '../shared/user-pools';

const protection = (mode: Json) => userPool({ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: mode } });

export default defineRule({
  id: 'Cognito.5',
  slug: 'cognito-threat-protection',
  title: 'User pools act on suspicious sign-ins',
  criteria: [Criterion.CC7_2, Criterion.CC6_8],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: [USER_POOL],
  rationale: 'Passwords that were leaked elsewhere and sign-ins from unusual places are recognised, and only then answered.',
  remediation:
    'Set `featurePlan: cognito.FeaturePlan.PLUS` and `standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION`.',
  references: ['Security Hub Cognito.1', 'AWS Config COGNITO_USER_POOL_ADVANCED_SECURITY_ENABLED', 'cdk-nag AwsSolutions-COG3'],
  check: (pool) => pool.at('UserPoolAddOns.AdvancedSecurityMode').mustBe('ENFORCED'),
  examples: {
    pass: { 'protection is enforced': protection('ENFORCED') },
    fail: {
      'protection is not mentioned': userPool({}),
      'risks are recorded only': protection('AUDIT'),
      'protection is off': protection('OFF'),
    },
    undetermined: {
      'it is a parameter': { Parameters: { Mode: { Type: 'String' } }, Resources: protection({ Ref: 'Mode' }) },
    },
  },
});
