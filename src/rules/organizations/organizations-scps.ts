import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { missing } from '../../model/observation';
import { defineRule } from '../rule';
import { oneIsRight } from '../shared/one-is-right';
import { orInherited } from '../shared/or-inherited';
import { ORGANIZATION_POLICY } from '../shared/organization-policies';

/** Whoever has one of these in a template decides over accounts. */
const MANAGED = ['AWS::Organizations::Organization', 'AWS::Organizations::OrganizationalUnit', 'AWS::Organizations::Account'];
const GUARDRAILS = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

const unit = { Unit: { Type: 'AWS::Organizations::OrganizationalUnit', Properties: { Name: 'workloads', ParentId: 'r-ab12' } } };
const policy = (Type: Json, more: JsonObject = { TargetIds: [{ Ref: 'Unit' }] }) => ({
  Policy: { Type: ORGANIZATION_POLICY, Properties: { Name: 'guardrails', Content: {}, Type, ...more } },
});

export default defineRule({
  id: 'Organizations.1',
  slug: 'organizations-scps',
  title: 'An organization limits what its accounts may do',
  criteria: [Criterion.CC5_2, Criterion.CC6_3],
  control: 'environment-separation',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [...MANAGED, ORGANIZATION_POLICY],
  rationale:
    'Only the organization can keep the administrator of an account from switching off its trail or leaving its Regions.',
  remediation:
    "Use `OrganizationGuardrails`, or an `organizations.CfnPolicy` with `type: 'SERVICE_CONTROL_POLICY'` and the root or the units in `targetIds`; or declare who does, such as AWS Control Tower, as an inherited control of `organizations-scps`.",
  references: ['AuditKit CC1.1', 'NIST 800-53 AC-3', 'NIST 800-53 AC-6'],
  check: (environment) => {
    if (!MANAGED.some((type) => environment.resources(type).length > 0))
      return [{ kind: 'note', text: 'these templates do not manage an organization' }];
    const policies = environment.resources(ORGANIZATION_POLICY).filter((each) => {
      const type = each.at('Type');
      return type.isUnknown || GUARDRAILS.includes(type.string ?? '');
    });
    return oneIsRight(
      policies,
      (each) => [...each.at('Type').mustBe(GUARDRAILS), ...each.at('TargetIds').mustBeSet('what the policy is attached to')],
      'this policy limits what accounts may do',
      missing('nothing limits what the accounts may do', `a service control policy, ${orInherited('organizations-scps')}`),
    );
  },
  examples: {
    pass: {
      'a policy is attached to a unit': { ...unit, ...policy('SERVICE_CONTROL_POLICY') },
      'a policy about resources is attached to the root': {
        ...unit,
        ...policy('RESOURCE_CONTROL_POLICY', { TargetIds: ['r-ab12'] }),
      },
      'there is no organization': { Topic: { Type: 'AWS::SNS::Topic' } },
    },
    fail: {
      'there is no policy': unit,
      'the policy is about tags': { ...unit, ...policy('TAG_POLICY') },
      'the policy is attached to nothing': { ...unit, ...policy('SERVICE_CONTROL_POLICY', {}) },
    },
    undetermined: {
      'the kind of the policy is a parameter': {
        Parameters: { Kind: { Type: 'String' } },
        Resources: { ...unit, ...policy({ Ref: 'Kind' }) },
      },
    },
  },
});
