import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { RULE_GROUP, WEB_ACL, webAcl } from '../shared/web-acls';

const EXPECTED = 'a rate-based rule';
const LIMIT = { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 2000 } };

const statement = (properties: JsonObject) => webAcl({ Rules: [{ Name: 'limit', Priority: 0, Statement: properties }] });

export default defineRule({
  id: 'WAFv2.6',
  slug: 'wafv2-rate-limit',
  title: 'Web ACLs limit how many requests one client may send',
  criteria: [Criterion.CC6_6, Criterion.A1_1],
  control: 'web-application-firewall',
  severity: 'info',
  resourceTypes: [WEB_ACL],
  rationale:
    'A limit slows down the guessing of passwords and the copying of everything, and keeps one client from starving others.',
  remediation: "Add a rule with `rateBasedStatement: { limit: 2000, aggregateKeyType: 'IP' }`.",
  references: ['OWASP API4:2023', 'NIST 800-53 SC-5'],
  check: (acl) => {
    const rules = acl.at('Rules');
    if (rules.items().some((rule) => isLimit(rule.at('Statement')))) return [];
    const open = rules.items().find((rule) => rule.at('Statement').isUnknown || isElsewhere(rule.at('Statement')));
    return [
      open ? open.undetermined(EXPECTED, 'its rules are not in the template') : acl.fails('no rule limits clients', EXPECTED),
    ];
  },
  examples: {
    pass: {
      'a rule limits clients': statement(LIMIT),
      'a managed rule group limits clients': statement({
        ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesAntiDDoSRuleSet' },
      }),
      'a rule group of the template limits clients': {
        Group: { Type: RULE_GROUP, Properties: { Rules: [{ Name: 'limit', Statement: LIMIT }] } },
        ...statement({ RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Group', 'Arn'] } } }),
      },
    },
    fail: {
      'there are no rules': webAcl({}),
      'no rule limits clients': statement({
        ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' },
      }),
    },
    undetermined: {
      'a rule group is not among the templates': statement({ RuleGroupReferenceStatement: { Arn: 'arn' } }),
    },
  },
});

function isLimit(statement: Value): boolean {
  if (!statement.at('RateBasedStatement').isAbsent) return true;
  if (statement.at('ManagedRuleGroupStatement.Name').string === 'AWSManagedRulesAntiDDoSRuleSet') return true;
  return groupsOf(statement).some((group) =>
    group
      .at('Rules')
      .items()
      .some((rule) => isLimit(rule.at('Statement'))),
  );
}

function isElsewhere(statement: Value): boolean {
  return !statement.at('RuleGroupReferenceStatement').isAbsent && groupsOf(statement).length === 0;
}

function groupsOf(statement: Value) {
  return statement.at('RuleGroupReferenceStatement.Arn').targets(RULE_GROUP);
}
