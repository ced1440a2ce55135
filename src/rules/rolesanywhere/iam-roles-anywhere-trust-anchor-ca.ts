import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const anchor = (SourceType: Json) => ({
  Anchor: { Type: 'AWS::RolesAnywhere::TrustAnchor', Properties: { Name: 'builders', Source: { SourceType, SourceData: {} } } },
});

export default defineRule({
  id: 'RolesAnywhere.1',
  slug: 'iam-roles-anywhere-trust-anchor-ca',
  title: 'Trust anchors trust an authority, not single certificates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'identity-management',
  severity: 'warning',
  resourceTypes: ['AWS::RolesAnywhere::TrustAnchor'],
  rationale:
    'An authority knows to whom it gave certificates, and can take them back; a certificate that signs itself proves nothing.',
  remediation:
    "Set `sourceType: 'AWS_ACM_PCA'` with the `acmPcaArn` of a private authority, or `CERTIFICATE_BUNDLE` with its certificate.",
  references: ['ElectricEye IAMRA.1', 'NIST 800-53 IA-5(2)'],
  check: (anchor) => anchor.at('Source.SourceType').mustBe(['AWS_ACM_PCA', 'CERTIFICATE_BUNDLE']),
  examples: {
    pass: { 'it is an authority of AWS': anchor('AWS_ACM_PCA'), 'it is an authority of your own': anchor('CERTIFICATE_BUNDLE') },
    fail: {
      'certificates sign themselves': anchor('SELF_SIGNED_REPOSITORY'),
      'there is no source': { Anchor: { Type: 'AWS::RolesAnywhere::TrustAnchor', Properties: { Name: 'builders' } } },
    },
    undetermined: { 'it is a parameter': withParameter('Source', anchor({ Ref: 'Source' })) },
  },
});
