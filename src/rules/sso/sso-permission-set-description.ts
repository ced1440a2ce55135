import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const set = (properties: JsonObject) => ({
  Set: { Type: 'AWS::SSO::PermissionSet', Properties: { Name: 'operators', ...properties } },
});

export default defineRule({
  id: 'SSO.2',
  slug: 'sso-permission-set-description',
  title: 'Permission sets say whom they are for',
  criteria: [Criterion.CC6_3, Criterion.CC2_1],
  control: 'access-review',
  severity: 'info',
  resourceTypes: ['AWS::SSO::PermissionSet'],
  rationale: 'Whoever assigns or reviews access picks from a list of names; the description says what a name means.',
  remediation: 'Set `description` of the `CfnPermissionSet`.',
  references: ['NIST 800-53 AC-2', 'ISO 27001 A.5.18'],
  check: (set) => set.at('Description').mustBeSet('a description'),
  examples: {
    pass: { 'there is a description': set({ Description: 'On-call engineers: may restart, may not read customer data' }) },
    fail: { 'there is no description': set({}), 'the description is empty': set({ Description: '' }) },
    undetermined: { 'the description is a parameter': withParameter('Purpose', set({ Description: { Ref: 'Purpose' } })) },
  },
});
