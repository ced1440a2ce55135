import type { Json, JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';

export const NETWORK = 'AWS::VpcLattice::ServiceNetwork';
export const SERVICE = 'AWS::VpcLattice::Service';

const ASSOCIATION = 'AWS::VpcLattice::ServiceNetworkServiceAssociation';

/** The service networks that a service is in, as far as they are among the templates; undefined when another one is. */
export function networksOf(service: Resource): (Resource | undefined)[] {
  return service.pointedAtBy(ASSOCIATION, 'ServiceIdentifier').map((each) => each.at('ServiceNetworkIdentifier').target);
}

/** Examples: a service and a network, and the association of the two. */
export const latticeNetwork = (properties: JsonObject = {}) => ({
  Network: { Type: NETWORK, Properties: { Name: 'shop', ...properties } },
});

export const latticeService = (properties: JsonObject = {}, network: Json = { Ref: 'Network' }) => ({
  Service: { Type: SERVICE, Properties: { Name: 'orders', ...properties } },
  Association: {
    Type: ASSOCIATION,
    Properties: { ServiceIdentifier: { 'Fn::GetAtt': ['Service', 'Arn'] }, ServiceNetworkIdentifier: network },
  },
});
