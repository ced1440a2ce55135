import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';

const LISTS = ['VerifiedAccessTrustProviderIds', 'VerifiedAccessTrustProviders'];

const instance = (properties: JsonObject) => ({
  Access: { Type: 'AWS::EC2::VerifiedAccessInstance', Properties: { Description: 'Intranet', ...properties } },
});

export default defineRule({
  id: 'EC2.34',
  slug: 'vpc-verified-access-trust-provider',
  title: 'Verified Access asks a trust provider who the user is',
  criteria: [Criterion.CC6_1, Criterion.CC6_2, Criterion.CC6_6],
  control: 'strong-authentication',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::VerifiedAccessInstance'],
  rationale: 'Without a provider of identities or of the state of devices there is nothing that access could be decided by.',
  remediation:
    'Name an `ec2.CfnVerifiedAccessTrustProvider` in `verifiedAccessTrustProviderIds` of the `ec2.CfnVerifiedAccessInstance`.',
  references: ['ElectricEye VPC.6', 'NIST 800-53 IA-2'],
  check: (each) =>
    anyOf(
      LISTS.map((list) => each.at(list).mustBeSet('a trust provider')),
      () => each.fails('no trust provider is attached', 'a trust provider'),
    ),
  examples: {
    pass: { 'a provider is attached': instance({ VerifiedAccessTrustProviderIds: ['vatp-0123456789abcdef0'] }) },
    fail: {
      'no provider is mentioned': instance({}),
      'the list is empty': instance({ VerifiedAccessTrustProviderIds: [] }),
    },
    undetermined: {
      'the providers are a parameter': {
        Parameters: { Providers: { Type: 'CommaDelimitedList' } },
        Resources: instance({ VerifiedAccessTrustProviderIds: { Ref: 'Providers' } }),
      },
    },
  },
});
