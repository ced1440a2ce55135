import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const CLASSIC_LOAD_BALANCER = 'AWS::ElasticLoadBalancing::LoadBalancer';

/** An application load balancer, which is what a load balancer is when it does not say. */
export function isApplication(balancer: Resource): boolean {
  const type = balancer.at('Type');
  return !type.isKnown || type.string === 'application';
}

/** An attribute of a load balancer. When the list lacks it, the path is that of the list. */
export function attribute(balancer: Resource, key: string): Value {
  const entry = balancer.at('LoadBalancerAttributes').pick('Key', key);
  return entry.isKnown ? entry.at('Value') : entry;
}
