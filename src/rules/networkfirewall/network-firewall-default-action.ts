import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';

const ACTIONS = ['StatelessDefaultActions', 'StatelessFragmentDefaultActions'] as const;

const policy = (whole: Json, fragments: Json = 'aws:drop') => ({
  Policy: {
    Type: 'AWS::NetworkFirewall::FirewallPolicy',
    Properties: {
      FirewallPolicyName: 'edge',
      FirewallPolicy: { StatelessDefaultActions: [whole], StatelessFragmentDefaultActions: [fragments] },
    },
  },
});

export default defineRule({
  id: 'NetworkFirewall.3',
  slug: 'network-firewall-default-action',
  title: 'Network firewalls do not pass what no stateless rule matches',
  criteria: [Criterion.CC6_6, Criterion.CC6_7],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: ['AWS::NetworkFirewall::FirewallPolicy'],
  rationale: 'What the stateless engine passes by default never reaches the stateful rules, however good they are.',
  remediation: 'Set `statelessDefaultActions` and `statelessFragmentDefaultActions` to `aws:forward_to_sfe` or `aws:drop`.',
  references: [
    'Security Hub NetworkFirewall.4',
    'Security Hub NetworkFirewall.5',
    'AWS Config NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS',
    'AWS Config NETFW_POLICY_DEFAULT_ACTION_FRAGMENT_PACKETS',
  ],
  check: (each) =>
    ACTIONS.flatMap((key) => {
      const list = each.at(`FirewallPolicy.${key}`);
      const expected = "'aws:forward_to_sfe' or 'aws:drop'";
      return list.isAbsent
        ? [list.fails(expected)]
        : list.items().flatMap((action) => action.must(expected, ({ string }) => string !== 'aws:pass'));
    }),
  examples: {
    pass: {
      'all goes on to the stateful rules': policy('aws:forward_to_sfe', 'aws:forward_to_sfe'),
      'all is dropped': policy('aws:drop'),
    },
    fail: {
      'packets pass': policy('aws:pass'),
      'fragments pass': policy('aws:drop', 'aws:pass'),
      'the action for fragments is not mentioned': {
        Policy: {
          Type: 'AWS::NetworkFirewall::FirewallPolicy',
          Properties: { FirewallPolicy: { StatelessDefaultActions: ['aws:drop'] } },
        },
      },
    },
    undetermined: {
      'the action is a parameter': {
        Parameters: { Action: { Type: 'String' } },
        Resources: policy({ Ref: 'Action' }),
      },
    },
  },
});
