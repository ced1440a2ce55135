import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const group = (policy: Json) => ({ Group: { Type: 'AWS::Logs::LogGroup', Properties: { DataProtectionPolicy: policy } } });
const POLICY = {
  Name: 'masking',
  Version: '2021-06-01',
  Statement: [
    {
      DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'],
      Operation: { Deidentify: { MaskConfig: {} } },
    },
  ],
};

export default defineRule({
  id: 'Logs.4',
  slug: 'log-group-data-protection',
  title: 'Personal data is masked in log groups',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'data-classification',
  // Whether logs can hold personal data, and of what kind, only the application knows; the masking is billed by volume.
  severity: 'info',
  resourceTypes: ['AWS::Logs::LogGroup'],
  applies: (group) => !/^(DELIVERY|INFREQUENT_ACCESS)$/.test(group.at('LogGroupClass').text),
  rationale:
    'Whoever debugs reads logs, and sooner or later a log has an address or a card number in it: masked, it is not shown.',
  remediation:
    'Set `dataProtectionPolicy: new DataProtectionPolicy({ identifiers: [DataIdentifier.EMAILADDRESS] })` on the `LogGroup`, or one `CfnAccountPolicy` for the account.',
  references: ['ElectricEye CloudWatch.3', 'NIST 800-53 SI-12'],
  check: (group) => {
    const own = group.at('DataProtectionPolicy').mustBeSet('a policy that masks personal data');
    if (own.length === 0) return own;
    const ofAccount = group
      .peers('AWS::Logs::AccountPolicy')
      .find((policy) => policy.at('PolicyType').string === 'DATA_PROTECTION_POLICY');
    return ofAccount ? [metBy(ofAccount, 'the policy of the account is about every log group')] : own;
  },
  examples: {
    pass: {
      'the log group has a policy': group(POLICY),
      'the account has a policy': {
        ...group({ Ref: 'AWS::NoValue' }),
        Policy: {
          Type: 'AWS::Logs::AccountPolicy',
          Properties: { PolicyName: 'masking', PolicyType: 'DATA_PROTECTION_POLICY', PolicyDocument: JSON.stringify(POLICY) },
        },
      },
    },
    fail: {
      'no policy is mentioned': group({ Ref: 'AWS::NoValue' }),
      'the policy is empty': group({}),
    },
    undetermined: { 'the policy is a parameter': byParameter(group) },
  },
});
