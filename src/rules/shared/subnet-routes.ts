import type { Resource } from '../../model/resource';
import { anyIs, type Ternary } from './ternary';

/** The subnets of a VPC. */
export function subnetsOf(network: Resource): Resource[] {
  return network.pointedAtBy('AWS::EC2::Subnet', 'VpcId');
}

/**
 * Whether a subnet has a route to an internet gateway.
 *
 * A subnet that no route table is associated with has that of the VPC, which a template cannot change.
 */
export function isPublicSubnet(subnet: Resource): Ternary {
  return anyIs(
    subnet.pointedAtBy('AWS::EC2::SubnetRouteTableAssociation', 'SubnetId').map((association) => {
      const { target } = association.at('RouteTableId');
      if (target?.type !== 'AWS::EC2::RouteTable') return undefined;
      return anyIs(target.pointedAtBy('AWS::EC2::Route', 'RouteTableId').map(leadsToInternet));
    }),
  );
}

function leadsToInternet(route: Resource): Ternary {
  const gateway = route.at('GatewayId');
  if (gateway.isAbsent) return false;
  if (gateway.target) return gateway.target.type === 'AWS::EC2::InternetGateway';
  return gateway.string === undefined ? undefined : gateway.string.startsWith('igw-');
}
