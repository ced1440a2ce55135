import type { Json, JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { CLASSIC_LOAD_BALANCER } from './load-balancers';

/** The protocol of a listener of a classic load balancer, in capitals; both are taken. Undefined when it is not known. */
export function protocolOf(listener: Value): string | undefined {
  return listener.at('Protocol').string?.toUpperCase();
}

/** The listeners of a classic load balancer that end TLS, or may. */
export function tlsListeners(balancer: Resource): Value[] {
  return balancer
    .at('Listeners')
    .items()
    .filter((listener) => {
      const protocol = protocolOf(listener);
      return protocol === undefined || protocol === 'HTTPS' || protocol === 'SSL';
    });
}

/** A classic load balancer, for examples. */
export function classic(listener: JsonObject, properties: Record<string, Json> = {}): JsonObject {
  return {
    Classic: {
      Type: CLASSIC_LOAD_BALANCER,
      Properties: { Listeners: [{ InstancePort: '8080', LoadBalancerPort: '443', ...listener }], ...properties },
    },
  };
}
