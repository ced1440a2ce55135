import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { RULE_GROUP, visibility, WEB_ACL, webAcl } from '../shared/web-acls';

const sampled = (acl: Json, rule: Json = acl) =>
  webAcl({
    VisibilityConfig: { SampledRequestsEnabled: acl },
    Rules: [{ Name: 'limit', VisibilityConfig: { SampledRequestsEnabled: rule } }],
  });

export default defineRule({
  id: 'WAFv2.3',
  slug: 'wafv2-sampled-requests',
  title: 'Web ACLs and their rules keep samples of requests',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'resource-monitoring',
  severity: 'info',
  resourceTypes: [WEB_ACL, RULE_GROUP],
  rationale: 'The samples of the last hours show at a glance what a rule matches; the log shows it too, with more work.',
  remediation: 'Set `sampledRequestsEnabled: true` in every `visibilityConfig`, unless requests carry what must not be kept.',
  references: ['ElectricEye WAFv2.2', 'ElectricEye WAFv2.5'],
  check: (resource) => visibility(resource, 'SampledRequestsEnabled').flatMap((setting) => setting.mustBe(true)),
  examples: {
    pass: { 'requests are sampled': sampled('true') },
    fail: {
      'nothing is sampled': sampled(false),
      'one rule is not sampled': sampled(true, false),
      'a rule group says nothing about it': { Group: { Type: RULE_GROUP, Properties: { Scope: 'REGIONAL', Capacity: 10 } } },
    },
    undetermined: {
      'it is a parameter': { Parameters: { On: { Type: 'String' } }, Resources: sampled({ Ref: 'On' }) },
    },
  },
});
