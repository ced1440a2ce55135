import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { behaviorsOf, DISTRIBUTION, distribution } from '../shared/distributions';

const behavior = (properties: JsonObject) => distribution({ DefaultCacheBehavior: { TargetOriginId: 'web', ...properties } });

export default defineRule({
  id: 'CloudFront.9',
  slug: 'cloudfront-trusted-signers',
  title: 'Links to private content are signed with key groups',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'key-management',
  severity: 'warning',
  resourceTypes: [DISTRIBUTION],
  applies: (distribution) =>
    behaviorsOf(distribution).some((each) => !each.at('TrustedSigners').isAbsent || !each.at('TrustedKeyGroups').isAbsent),
  rationale: 'Trusted signers use key pairs that only the root user of an account can make and replace, so nobody does.',
  remediation: 'Set `trustedKeyGroups` on the behavior, with a `cloudfront.KeyGroup`, and remove `TrustedSigners`.',
  references: ['ElectricEye CloudFront.1', 'NIST 800-53 SC-12'],
  check: (distribution) =>
    behaviorsOf(distribution).flatMap((each) =>
      each.at('TrustedSigners').mustNotBeSet({ problem: 'links are signed with a key pair of the root user' }),
    ),
  examples: {
    pass: { 'a key group signs': behavior({ TrustedKeyGroups: [{ Ref: 'Group' }] }) },
    fail: {
      'an account signs': behavior({ TrustedSigners: ['self'] }),
      'an account signs as well': behavior({ TrustedKeyGroups: [{ Ref: 'Group' }], TrustedSigners: ['111122223333'] }),
    },
    undetermined: {
      'the signers are a parameter': {
        Parameters: { Signers: { Type: 'CommaDelimitedList' } },
        Resources: behavior({ TrustedSigners: { Ref: 'Signers' } }),
      },
    },
  },
});
