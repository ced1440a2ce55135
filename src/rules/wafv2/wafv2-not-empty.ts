import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { WEB_ACL, webAcl } from '../shared/web-acls';

export default defineRule({
  id: 'WAFv2.4',
  slug: 'wafv2-not-empty',
  title: 'Web ACLs have rules',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'web-application-firewall',
  severity: 'error',
  resourceTypes: [WEB_ACL],
  rationale: 'A web ACL without rules lets every request through, and looks like protection in every list.',
  remediation: 'Add rules to the web ACL, for a start the managed rule group `AWSManagedRulesCommonRuleSet`.',
  references: ['Security Hub WAF.10', 'AWS Config WAFV2_WEBACL_NOT_EMPTY', 'CT.WAFV2.PR.1'],
  check: (acl) => {
    const rules = acl.at('Rules');
    return acl.at('DefaultAction.Block').isKnown
      ? rules.mustBeSet('rules', { absent: 'without rules, this web ACL blocks every request' })
      : rules.mustBeSet('rules', { problem: 'the web ACL has no rules, and allows every request' });
  },
  examples: {
    pass: {
      'there is a rule': webAcl({ Rules: [{ Name: 'common', Priority: 0 }] }),
      'everything is blocked': webAcl({ DefaultAction: { Block: {} } }),
    },
    fail: {
      'there are no rules': webAcl({}),
      'the list of rules is empty': webAcl({ Rules: [] }),
      'there is no rule in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: webAcl({ Rules: [{ 'Fn::If': ['IsProduction', { Name: 'common' }, { Ref: 'AWS::NoValue' }] }] }),
      },
    },
    undetermined: {
      'what becomes of the list is known at deployment': {
        Parameters: { Rules: { Type: 'CommaDelimitedList' } },
        Resources: webAcl({ Rules: { Ref: 'Rules' } }),
      },
    },
  },
});
