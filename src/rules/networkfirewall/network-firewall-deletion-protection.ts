import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

const FIREWALL = 'AWS::NetworkFirewall::Firewall';

export default defineRule({
  id: 'NetworkFirewall.4',
  slug: 'network-firewall-deletion-protection',
  title: 'Network firewalls are protected from deletion',
  criteria: [Criterion.CC6_6, Criterion.A1_2, Criterion.CC8_1],
  control: 'deletion-protection',
  severity: 'warning',
  resourceTypes: [FIREWALL],
  rationale: 'Whoever deletes the firewall by mistake cuts a network off, or opens it.',
  remediation: 'Set `deleteProtection: true` on the `networkfirewall.CfnFirewall`.',
  references: ['Security Hub NetworkFirewall.9', 'AWS Config NETFW_DELETION_PROTECTION_ENABLED', 'checkov CKV_AWS_344'],
  check: (firewall) => firewall.at('DeleteProtection').mustBe(true),
  examples: flagExamples({ type: FIREWALL, path: 'DeleteProtection', properties: { FirewallName: 'edge' } }),
});
