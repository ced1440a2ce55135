import { Fn, Names } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnRoute } from 'aws-cdk-lib/aws-ec2';
import * as networkfirewall from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { encryptedLogGroup } from '../defaults/encrypted-log-group';

/** The parts of a network that an egress firewall stands between. */
interface Between {
  readonly vpc: ec2.IVpc;
  /** Where traffic comes from. */
  readonly inner: readonly ec2.ISubnet[];
  /** Where the firewall stands; from here routes lead to NAT gateways. */
  readonly firewall: readonly ec2.ISubnet[];
  /** Where nothing but NAT gateways stand. */
  readonly nat: readonly ec2.ISubnet[];
  readonly allowedDomains: readonly string[];
  readonly isProtected: boolean;
}

/** Rule groups have a capacity that cannot be changed; this is enough for the longest list that is taken. */
const CAPACITY = 2000;
export const MAX_DOMAINS = 500;

const NAME_LENGTH = 128;

/** Lets HTTP and TLS out to listed names only. */
export class EgressFirewall extends Construct {
  constructor(scope: Construct, id: string, between: Between) {
    super(scope, id);
    const firewall = new networkfirewall.CfnFirewall(this, 'Resource', {
      firewallName: this.nameOf('firewall'),
      firewallPolicyArn: this.addPolicy(between.allowedDomains).attrFirewallPolicyArn,
      vpcId: between.vpc.vpcId,
      subnetMappings: between.firewall.map(({ subnetId }) => ({ subnetId })),
      deleteProtection: between.isProtected,
      subnetChangeProtection: between.isProtected,
    });
    this.writeLogs(firewall);
    routeThrough(firewall, between);
  }

  private addPolicy(targets: readonly string[]): networkfirewall.CfnFirewallPolicy {
    const group = new networkfirewall.CfnRuleGroup(this, 'AllowedDomains', {
      ruleGroupName: this.nameOf('domains'),
      type: 'STATEFUL',
      capacity: CAPACITY,
      ruleGroup: {
        rulesSource: {
          rulesSourceList: { generatedRulesType: 'ALLOWLIST', targetTypes: ['TLS_SNI', 'HTTP_HOST'], targets: [...targets] },
        },
        statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
      },
    });
    return new networkfirewall.CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: this.nameOf('policy'),
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER' },
        statefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
        statefulRuleGroupReferences: [{ resourceArn: group.attrRuleGroupArn, priority: 1 }],
      },
    });
  }

  private writeLogs(firewall: networkfirewall.CfnFirewall): void {
    const logDestinationConfigs = ['ALERT', 'FLOW'].map((logType) => ({
      logType,
      logDestinationType: 'CloudWatchLogs',
      logDestination: { logGroup: encryptedLogGroup(this, `${logType}Logs`).logGroupName },
    }));
    new networkfirewall.CfnLoggingConfiguration(this, 'Logging', {
      firewallArn: firewall.attrFirewallArn,
      loggingConfiguration: { logDestinationConfigs },
    });
  }

  private nameOf(part: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: NAME_LENGTH - part.length - 1, separator: '-' })}-${part}`;
  }
}

/**
 * Let what leaves the inner subnets go through the firewall, and the answers come back the same way.
 *
 * Load balancers stand in other subnets than NAT gateways: what they send to the inner subnets does not pass the firewall.
 */
function routeThrough(firewall: networkfirewall.CfnFirewall, { inner, nat }: Between): void {
  for (const subnet of inner) {
    const outward = subnet.node.findChild('DefaultRoute') as CfnRoute;
    outward.natGatewayId = undefined;
    outward.vpcEndpointId = endpointIn(firewall, subnet.availabilityZone);
  }
  nat.forEach((gateway) => {
    inner.forEach((subnet, index) => {
      new CfnRoute(gateway, `BackThroughFirewall${index + 1}`, {
        routeTableId: gateway.routeTable.routeTableId,
        destinationCidrBlock: subnet.ipv4CidrBlock,
        vpcEndpointId: endpointIn(firewall, subnet.availabilityZone),
      });
    });
  });
}

/** The list of endpoints, `eu-west-1a:vpce-1`, is in no order: it is searched for the zone. */
function endpointIn(firewall: networkfirewall.CfnFirewall, zone: string): string {
  const fromZone = Fn.select(1, Fn.split(`${zone}:`, Fn.join(',', firewall.attrEndpointIds)));
  return Fn.select(0, Fn.split(',', fromZone));
}
