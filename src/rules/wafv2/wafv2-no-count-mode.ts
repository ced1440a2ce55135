import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { WEB_ACL, webAcl } from '../shared/web-acls';

const EXPECTED = 'an action that stops what matches';

const rule = (properties: JsonObject) => webAcl({ Rules: [{ Name: 'common', Priority: 0, ...properties }] });

export default defineRule({
  id: 'WAFv2.5',
  slug: 'wafv2-no-count-mode',
  title: 'Rules of web ACLs do more than count',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'web-application-firewall',
  severity: 'warning',
  resourceTypes: [WEB_ACL],
  applies: (acl) => !acl.at('Rules').isAbsent,
  rationale: 'Counting is for trying a rule out. A rule that was left there lets every attack through that it knows.',
  remediation:
    'Set `overrideAction: { none: {} }` on rule groups and `action: { block: {} }` on rules, once their metrics look right.',
  references: ['NIST 800-53 SC-7', 'AWS WAF Developer Guide: testing and tuning protections'],
  check: (acl) =>
    acl
      .at('Rules')
      .items()
      .flatMap((each) => {
        // A rule that labels requests counts them, for a later rule to act upon.
        if (each.at('RuleLabels').isKnown) return [];
        return [each.at('Action'), each.at('OverrideAction')].flatMap((action) => {
          if (action.isUnknown) return [action.undetermined(EXPECTED)];
          const count = action.at('Count');
          const name = each.at('Name').text;
          return count.isAbsent ? [] : [count.fails(EXPECTED, `the rule '${name}' counts what it matches, and lets it pass`)];
        });
      }),
  examples: {
    pass: {
      'a rule blocks': rule({ Action: { Block: {} } }),
      'a rule group decides': rule({ OverrideAction: { None: {} } }),
      'a rule labels requests for another': rule({ Action: { Count: {} }, RuleLabels: [{ Name: 'own:office' }] }),
    },
    fail: {
      'a rule counts': rule({ Action: { Count: {} } }),
      'a rule group counts': rule({ OverrideAction: { Count: {} } }),
      'a rule group counts in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: rule({ OverrideAction: { 'Fn::If': ['IsProduction', { None: {} }, { Count: {} }] } }),
      },
    },
    undetermined: {
      'the rules are known at deployment': {
        Parameters: { Rules: { Type: 'CommaDelimitedList' } },
        Resources: webAcl({ Rules: { Ref: 'Rules' } }),
      },
    },
  },
});
