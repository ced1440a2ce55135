import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { unnamedPointer } from '../shared/unnamed-pointer';

const CRL = 'AWS::RolesAnywhere::CRL';
const anchor = { Anchor: { Type: 'AWS::RolesAnywhere::TrustAnchor', Properties: { Name: 'builders' } } };
const list = (more: Record<string, Json> = {}) => ({
  ...anchor,
  List: { Type: CRL, Properties: { TrustAnchorArn: { 'Fn::GetAtt': ['Anchor', 'TrustAnchorArn'] }, CrlData: '-', ...more } },
});

export default defineRule({
  id: 'RolesAnywhere.2',
  slug: 'iam-roles-anywhere-crl',
  title: 'Trust anchors have a list of certificates that no longer count',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'credential-lifecycle',
  severity: 'warning',
  resourceTypes: ['AWS::RolesAnywhere::TrustAnchor'],
  inheritable: true,
  rationale:
    'Roles Anywhere asks no authority whether a certificate was taken back; without the list, a stolen one works until it ends.',
  remediation: 'Add a `rolesanywhere.CfnCRL` with the `trustAnchorArn`, and import each new list that the authority makes.',
  references: ['ElectricEye IAMRA.2', 'NIST 800-53 IA-5(2)'],
  check: (anchor) => {
    const lists = anchor.pointedAtBy(CRL, 'TrustAnchorArn').map((each) => each.at('Enabled').mustBe(true));
    const missing = anchor.fails('no list says which certificates no longer count', `a '${CRL}' that is enabled`);
    const open = unnamedPointer(anchor, CRL, 'TrustAnchorArn', 'this trust anchor');
    return anyOf(open.length > 0 ? [...lists, open] : lists, () => missing);
  },
  examples: {
    pass: { 'there is a list': list({ Enabled: true }) },
    fail: { 'there is no list': anchor, 'the list is not in force': list({ Enabled: false }) },
    undetermined: {
      'it is a parameter': withParameter('On', list({ Enabled: { Ref: 'On' } })),
      'the list is for a trust anchor that is a parameter': withParameter(
        'Arn',
        list({ TrustAnchorArn: { Ref: 'Arn' }, Enabled: true }),
      ),
    },
  },
});
