import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53resolver from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';

/** Which names a DNS firewall does not resolve. */
export interface DnsFirewallOptions {
  /**
   * Whether to block queries that look like data that is carried out, or like names that malware makes up.
   *
   * DNS Firewall Advanced does it, at high confidence, which finds little that is harmless; it is billed by query.
   *
   * @default true
   */
  readonly blockThreats?: boolean;

  /**
   * Ids of domain lists to block, such as those that AWS manages. They differ from Region to Region:
   * `aws route53resolver list-firewall-domain-lists` shows them.
   *
   * @default - none
   */
  readonly blockedDomainLists?: string[];

  /**
   * Names to block; `*.example.com` stands for those below a name.
   *
   * @default - none
   */
  readonly blockedDomains?: string[];
}

const THREATS = ['DNS_TUNNELING', 'DGA'];

/** Keeps a VPC from asking for names that are known, or look, bad. */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, vpc: ec2.IVpc, options: DnsFirewallOptions) {
    super(scope, id);
    const { blockThreats = true, blockedDomainLists = [], blockedDomains = [] } = options;
    const own =
      blockedDomains.length > 0
        ? [new route53resolver.CfnFirewallDomainList(this, 'Domains', { domains: blockedDomains }).attrId]
        : [];
    const blocked = [
      ...[...own, ...blockedDomainLists].map((firewallDomainListId) => ({ firewallDomainListId })),
      ...(blockThreats ? THREATS : []).map((dnsThreatProtection) => ({ dnsThreatProtection, confidenceThreshold: 'HIGH' })),
    ];
    if (blocked.length === 0) {
      throw new Error(
        "'dnsFirewall' must block something, got no names, no lists and 'blockThreats' false: name what to block, or leave it out",
      );
    }
    const group = new route53resolver.CfnFirewallRuleGroup(this, 'RuleGroup', {
      firewallRules: blocked.map((each, index) => ({
        ...each,
        priority: 100 + index,
        action: 'BLOCK',
        blockResponse: 'NODATA',
      })),
    });
    new route53resolver.CfnFirewallRuleGroupAssociation(this, 'Association', {
      firewallRuleGroupId: group.attrId,
      vpcId: vpc.vpcId,
      // The lowest that an account may take; Firewall Manager has those below and above.
      priority: 101,
    });
  }
}
