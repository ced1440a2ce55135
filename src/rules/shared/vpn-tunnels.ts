import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

export const CONNECTION = 'AWS::EC2::VPNConnection';

const LIST = 'VpnTunnelOptionsSpecifications';

/** The options of the two tunnels that every connection has; a tunnel without options has those of the service. */
export function tunnelsOf(connection: Resource): Value[] {
  const list = connection.at(LIST);
  const given = list.items();
  return list.isUnknown || given.length > 1 ? given : [given[0] ?? list.at('0'), list.at('1')];
}

/** Example: a connection whose tunnels have options. */
export const vpnConnection = (...tunnels: JsonObject[]) => ({
  Vpn: {
    Type: CONNECTION,
    Properties: { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1', TransitGatewayId: 'tgw-1', [LIST]: tunnels },
  },
});
