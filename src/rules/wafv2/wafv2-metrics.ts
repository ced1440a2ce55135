import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { RULE_GROUP, visibility, WEB_ACL, webAcl } from '../shared/web-acls';

const shown = (acl: Json, rule: Json = acl) =>
  webAcl({
    VisibilityConfig: { CloudWatchMetricsEnabled: acl },
    Rules: [{ Name: 'limit', VisibilityConfig: { CloudWatchMetricsEnabled: rule } }],
  });

export default defineRule({
  id: 'WAFv2.2',
  slug: 'wafv2-metrics',
  title: 'Web ACLs and their rules are counted by CloudWatch',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'resource-monitoring',
  severity: 'warning',
  resourceTypes: [WEB_ACL, RULE_GROUP],
  rationale: 'An alarm on a wave of blocked requests needs the metric, and a rule without one may do nothing for years.',
  remediation: 'Set `cloudWatchMetricsEnabled: true` in every `visibilityConfig`.',
  references: ['prowler wafv2_webacl_rule_logging_enabled', 'Security Hub WAF.12', 'ElectricEye WAFv2.1'],
  check: (resource) => visibility(resource, 'CloudWatchMetricsEnabled').flatMap((setting) => setting.mustBe(true)),
  examples: {
    pass: { 'everything is counted': shown(true) },
    fail: {
      'nothing is counted': shown(false),
      'one rule is not counted': shown(true, 'false'),
      'a rule group says nothing about it': { Group: { Type: RULE_GROUP, Properties: { Scope: 'REGIONAL', Capacity: 10 } } },
    },
    undetermined: {
      'it is a parameter': { Parameters: { On: { Type: 'String' } }, Resources: shown({ Ref: 'On' }) },
    },
  },
});
