import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const GROUPS = ['StatefulRuleGroupReferences', 'StatelessRuleGroupReferences'];
const DEFAULTS = ['StatefulDefaultActions', 'StatelessDefaultActions'];

const policy = (properties: JsonObject) => ({
  Policy: {
    Type: 'AWS::NetworkFirewall::FirewallPolicy',
    Properties: {
      FirewallPolicyName: 'edge',
      FirewallPolicy: {
        StatelessDefaultActions: ['aws:forward_to_sfe'],
        StatelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        ...properties,
      },
    },
  },
});
const group = (arn: Json) => [{ ResourceArn: arn }];

export default defineRule({
  id: 'NetworkFirewall.2',
  slug: 'network-firewall-policy',
  title: 'Policies of network firewalls have rules',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: ['AWS::NetworkFirewall::FirewallPolicy'],
  rationale: 'A firewall whose policy has no rules lets everything pass, and looks on every diagram as if it did not.',
  remediation:
    'Reference a rule group in `statefulRuleGroupReferences` or `statelessRuleGroupReferences` of the `networkfirewall.CfnFirewallPolicy`.',
  references: ['Security Hub NetworkFirewall.3', 'AWS Config NETFW_POLICY_RULE_GROUP_ASSOCIATED', 'CT.NETWORK-FIREWALL.PR.1'],
  check: (each) => {
    const body = each.at('FirewallPolicy');
    if (
      GROUPS.some((key) =>
        body
          .at(key)
          .items()
          .some(({ isUnknown }) => !isUnknown),
      )
    )
      return [];
    const expected = 'a reference to a rule group, or a default action that drops';
    const actions = DEFAULTS.flatMap((key) => body.at(key).items());
    const dropping = actions.find(({ string }) => string?.startsWith('aws:drop'));
    if (dropping) return [{ kind: 'note', resource: each, path: dropping.path, text: 'without rules, everything is dropped' }];
    const open = [body, ...GROUPS.map((key) => body.at(key)), ...actions].find(({ isUnknown }) => isUnknown);
    return [open ? open.undetermined(expected) : body.fails(expected, 'the policy has no rule group')];
  },
  examples: {
    pass: {
      'a stateful group': policy({ StatefulRuleGroupReferences: group({ Ref: 'Rules' }) }),
      'a stateless group': policy({ StatelessRuleGroupReferences: [{ Priority: 1, ResourceArn: 'arn' }] }),
      'nothing but dropping': policy({ StatefulDefaultActions: ['aws:drop_strict'] }),
    },
    fail: {
      'no group is mentioned': policy({}),
      'the list of groups is empty': policy({ StatefulRuleGroupReferences: [] }),
      'the only group is left out in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } },
        Resources: policy({
          StatefulRuleGroupReferences: [{ 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, { ResourceArn: 'arn' }] }],
        }),
      },
    },
    undetermined: {
      'a default action is a parameter': {
        Parameters: { Action: { Type: 'String' } },
        Resources: policy({ StatelessDefaultActions: [{ Ref: 'Action' }] }),
      },
    },
  },
});
