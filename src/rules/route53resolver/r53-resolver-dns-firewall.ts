import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustResolve, resolverExamples } from '../shared/vpc-resolver';

const FIREWALL = {
  type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
  path: 'VpcId',
  problem: 'the VPC may ask for any name',
};

export default defineRule({
  id: 'Route53Resolver.2',
  slug: 'r53-resolver-dns-firewall',
  title: 'DNS Firewall keeps VPCs from asking for names that are known to be bad',
  criteria: [Criterion.CC6_7, Criterion.CC6_6, Criterion.CC6_8],
  control: 'egress-control',
  severity: 'info',
  resourceTypes: ['AWS::EC2::VPC'],
  inheritable: true,
  rationale: 'Queries leave a network that is closed in every other way, and can carry its data out.',
  remediation:
    'Add a `route53resolver.CfnFirewallRuleGroupAssociation` for the VPC, with a rule group that blocks the managed domain lists of AWS.',
  references: ['ElectricEye Route53Resolver.2', 'NIST 800-53 SC-7'],
  check: (vpc) => mustResolve(vpc, FIREWALL),
  examples: resolverExamples(FIREWALL, { FirewallRuleGroupId: 'rslvr-frg-1', Priority: 101 }),
});
