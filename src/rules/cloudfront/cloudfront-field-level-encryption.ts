import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { behaviorsOf, DISTRIBUTION, distribution } from '../shared/distributions';

const EXPECTED = 'a field-level encryption configuration';

const form = (id: Json) =>
  distribution({
    DefaultCacheBehavior: { TargetOriginId: 'web' },
    CacheBehaviors: [{ PathPattern: '/pay', TargetOriginId: 'web', FieldLevelEncryptionId: id }],
  });

export default defineRule({
  id: 'CloudFront.10',
  slug: 'cloudfront-field-level-encryption',
  title: 'Distributions encrypt sensitive fields of forms at the edge',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'info',
  resourceTypes: [DISTRIBUTION],
  rationale: 'A field that is encrypted where it enters can be read by the one service that has the key, and by none on the way.',
  remediation:
    'Where forms carry card numbers or the like, set `fieldLevelEncryptionId` on their behavior, through `addPropertyOverride`.',
  references: ['prowler cloudfront_distributions_field_level_encryption_enabled', 'ElectricEye CloudFront.5'],
  check: (distribution) =>
    anyOf(
      behaviorsOf(distribution).map((behavior) => behavior.at('FieldLevelEncryptionId').mustBeSet(EXPECTED)),
      () => distribution.fails('no behavior encrypts fields', EXPECTED),
    ),
  examples: {
    pass: { 'the fields of one form are encrypted': form('C1') },
    fail: { 'no field is encrypted': distribution({ DefaultCacheBehavior: {} }), 'the configuration is empty': form('') },
    undetermined: {
      'the configuration is a parameter': { Parameters: { Id: { Type: 'String' } }, Resources: form({ Ref: 'Id' }) },
    },
  },
});
