import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Subnets that only the egress firewall uses. */
export const NAT_SUBNETS = 'Nat';
export const FIREWALL_SUBNETS = 'Firewall';

const PUBLIC: ec2.SubnetConfiguration = { name: 'Public', subnetType: ec2.SubnetType.PUBLIC };
const PRIVATE: ec2.SubnetConfiguration = { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
const ISOLATED: ec2.SubnetConfiguration = { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const BEHIND_FIREWALL: readonly ec2.SubnetConfiguration[] = [
  { name: NAT_SUBNETS, subnetType: ec2.SubnetType.PUBLIC, cidrMask: 28 },
  { name: FIREWALL_SUBNETS, subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 28 },
];

/** Zones, NAT gateways and subnets of a new network: three zones in production, with a NAT gateway each; two and one elsewhere. */
export function vpcLayout(
  props: ec2.VpcProps,
  { isProduction, hasEgressFirewall }: { readonly isProduction: boolean; readonly hasEgressFirewall: boolean },
): ec2.VpcProps {
  const needsNat = props.subnetConfiguration === undefined && props.natGateways !== 0;
  return {
    ...(props.availabilityZones ? {} : { maxAzs: props.maxAzs ?? (isProduction ? 3 : 2) }),
    ...(needsNat && !isProduction ? { natGateways: props.natGateways ?? 1 } : {}),
    ...(hasEgressFirewall ? { natGatewaySubnets: { subnetGroupName: NAT_SUBNETS } } : {}),
    subnetConfiguration: props.subnetConfiguration ?? [
      PUBLIC,
      ...(needsNat ? [PRIVATE] : []),
      ISOLATED,
      ...(hasEgressFirewall ? BEHIND_FIREWALL : []),
    ],
  };
}
