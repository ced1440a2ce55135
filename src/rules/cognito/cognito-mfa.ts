import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { USER_POOL, userPool } from '../shared/user-pools';

const RISK = 'AWS::Cognito::UserPoolRiskConfigurationAttachment';

const adaptive = (high: string, addOns: JsonObject = { AdvancedSecurityMode: 'ENFORCED' }) => ({
  ...userPool({ MfaConfiguration: 'OPTIONAL', UserPoolAddOns: addOns }),
  Risk: {
    Type: RISK,
    Properties: {
      UserPoolId: { Ref: 'Users' },
      ClientId: 'ALL',
      AccountTakeoverRiskConfiguration: {
        Actions: {
          LowAction: { EventAction: 'MFA_REQUIRED', Notify: true },
          MediumAction: { EventAction: 'MFA_REQUIRED', Notify: true },
          HighAction: { EventAction: high, Notify: true },
        },
      },
    },
  },
});

export default defineRule({
  id: 'Cognito.2',
  slug: 'cognito-mfa',
  title: 'User pools ask for a second factor',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: [USER_POOL],
  rationale: 'Passwords leak and are used again elsewhere; the second factor is what keeps a stolen one from being enough.',
  remediation:
    'Set `mfa: cognito.Mfa.REQUIRED` with `mfaSecondFactor: { otp: true, sms: false }`, or `OPTIONAL` with risk actions that require it. Where customers may choose, record an exception.',
  references: [
    'Security Hub Cognito.6',
    'AWS Config COGNITO_USER_POOL_MFA_ENABLED',
    'cdk-nag CognitoUserPoolMFA',
    'NIST 800-53 IA-2',
  ],
  check: (pool) => {
    const mode = pool.at('MfaConfiguration');
    const risks = mode.string === 'OPTIONAL' ? pool.pointedAtBy(RISK, 'UserPoolId').filter(asksAtAnyRisk) : [];
    if (risks.length > 0 && pool.at('UserPoolAddOns.AdvancedSecurityMode').string === 'ENFORCED')
      return risks.map((each) => metBy(each, 'it asks for a second factor whenever a sign-in is a risk'));
    return mode.mustBe('ON');
  },
  examples: {
    pass: {
      'a second factor is required': userPool({ MfaConfiguration: 'ON' }),
      'a second factor is required whenever there is a risk': adaptive('BLOCK'),
    },
    fail: {
      'a second factor is not mentioned': userPool({}),
      'there is none': userPool({ MfaConfiguration: 'OFF' }),
      'users may choose': userPool({ MfaConfiguration: 'OPTIONAL' }),
      'users may choose, whatever the risk': adaptive('NO_ACTION'),
      'the risk is only recorded': adaptive('BLOCK', { AdvancedSecurityMode: 'AUDIT' }),
    },
    undetermined: {
      'it is a parameter': {
        Parameters: { Mfa: { Type: 'String' } },
        Resources: userPool({ MfaConfiguration: { Ref: 'Mfa' } }),
      },
    },
  },
});

function asksAtAnyRisk(risk: Resource): boolean {
  const actions = ['LowAction', 'MediumAction', 'HighAction'].map((level) =>
    risk.at(`AccountTakeoverRiskConfiguration.Actions.${level}.EventAction`),
  );
  return risk.at('ClientId').string === 'ALL' && actions.every(({ string }) => string === 'MFA_REQUIRED' || string === 'BLOCK');
}
