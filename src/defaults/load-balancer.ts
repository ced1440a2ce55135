import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Soc2Environment } from '../environment/soc2-environment';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** The policy of TLS that AWS recommends: 1.2 and 1.3 with forward secrecy, and key exchange that quantum computers do not break. */
const TLS = elbv2.SslPolicy.TLS13_12_RES_PQ;

/** Ports that a listener of an application load balancer takes for HTTPS where it names no protocol. */
const HTTPS_PORTS: readonly (number | undefined)[] = [443, 8443];

/** Invalid headers are dropped, requests that are no clean HTTP are stopped, and production is protected against deletion. */
export const applicationLoadBalancerDefaults: Defaults<elbv2.ApplicationLoadBalancerProps> = (props, { scope }) =>
  withDefaults(props, {
    dropInvalidHeaderFields: true,
    desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
    ...protection(Soc2Environment.of(scope)),
  });

/** Production is protected against deletion. */
export const networkLoadBalancerDefaults: Defaults<elbv2.NetworkLoadBalancerProps> = (props, { scope }) =>
  withDefaults(props, protection(Soc2Environment.of(scope)));

function protection({ isProduction }: Soc2Environment): { readonly deletionProtection?: boolean } {
  return isProduction ? { deletionProtection: true } : {};
}

/** A listener for HTTPS speaks TLS 1.2 or later. */
export function applicationListenerDefaults<Props extends elbv2.BaseApplicationListenerProps>(props: Props): Props {
  const isHttps =
    props.protocol === undefined ? HTTPS_PORTS.includes(props.port) : props.protocol === elbv2.ApplicationProtocol.HTTPS;
  return isHttps ? withDefaults<Props>(props, { sslPolicy: TLS } as Partial<Props>) : props;
}

/** A listener for TLS speaks TLS 1.2 or later. One with certificates and no protocol is for TLS. */
export function networkListenerDefaults<Props extends elbv2.BaseNetworkListenerProps>(props: Props): Props {
  const isTls = props.protocol === undefined ? (props.certificates ?? []).length > 0 : props.protocol === elbv2.Protocol.TLS;
  return isTls ? withDefaults<Props>(props, { sslPolicy: TLS } as Partial<Props>) : props;
}
