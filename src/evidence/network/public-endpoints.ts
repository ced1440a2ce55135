import type { Resource } from '../../model/resource';
import type { ResourceEntry } from '../../model/template';
import type { Value } from '../../model/value';
import { AddressBlock } from '../../rules/shared/address-block';
import type { NetworkState } from './network-state';
import { type Reach, reachOf } from './openings';
import { portLabel } from './port-words';

/** What the internet comes to past every security group of the templates. */
export interface PublicEndpoint {
  readonly entry: ResourceEntry;
  readonly reach: Reach;
  readonly label: string;
}

const HTTPS = 'HTTPS 443';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const GROUP = 'AWS::EC2::SecurityGroup';

/** What AWS puts on the internet unless its template says otherwise, with the port, and how far that goes. */
const SERVICES: Readonly<Record<string, readonly [label: string, reach: (resource: Resource) => Reach]>> = {
  'AWS::AppRunner::Service': [
    HTTPS,
    (service) => unless(service.at('NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible'), false),
  ],
  'AWS::EKS::Cluster': [
    HTTPS,
    (cluster) => endpointReach(cluster.at('ResourcesVpcConfig'), 'EndpointPublicAccess', 'PublicAccessCidrs'),
  ],
  'Custom::AWSCDK-EKS-Cluster': [
    HTTPS,
    (cluster) => endpointReach(cluster.at('Config.resourcesVpcConfig'), 'endpointPublicAccess', 'publicAccessCidrs'),
  ],
  'AWS::OpenSearchService::Domain': [HTTPS, (domain) => (domain.at('VPCOptions').isAbsent ? 'everyone' : 'nobody')],
  'AWS::Elasticsearch::Domain': [HTTPS, (domain) => (domain.at('VPCOptions').isAbsent ? 'everyone' : 'nobody')],
  'AWS::Transfer::Server': ['SFTP 22', (server) => (server.at('EndpointType').string?.startsWith('VPC') ? 'nobody' : 'everyone')],
  'AWS::AmazonMQ::Broker': ['messages', (broker) => unless(broker.at('PubliclyAccessible'), false)],
  'AWS::ElasticBeanstalk::Environment': ['HTTP 80, HTTPS 443', (environment) => (isInside(environment) ? 'nobody' : 'unknown')],
};

/** Whether a load balancer has addresses of its network only. */
export function isInternalBalancer(balancer: Resource): boolean {
  return balancer.type.endsWith('::LoadBalancer') && balancer.at('Scheme').string === 'internal';
}

export function publicEndpointsOf(state: NetworkState): PublicEndpoint[] {
  const services = Object.entries(SERVICES).flatMap(([type, [label, reach]]) =>
    state.ofType(type).map((resource) => ({ entry: resource.entry, reach: reach(resource), label })),
  );
  return [...services, ...functionsOf(state), ...balancersOf(state)].filter(({ reach }) => reach !== 'nobody');
}

/** Functions with an address that asks for no permission. */
function functionsOf(state: NetworkState): PublicEndpoint[] {
  return state.ofType('AWS::Lambda::Url').flatMap((url) => {
    const aliases = state.targets(url, 'AWS::Lambda::Alias').map((entry) => state.view(entry));
    return [url, ...aliases]
      .flatMap((each) => state.targets(each, 'AWS::Lambda::Function'))
      .map((entry) => ({ entry, reach: unless(url.at('AuthType'), 'AWS_IAM'), label: HTTPS }));
  });
}

/** Load balancers on the internet of which no security group of the templates says who may come. */
function balancersOf(state: NetworkState): PublicEndpoint[] {
  const network = state.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').map((balancer) => {
    const listeners = state.referrers(balancer, LISTENER).map((entry) => state.view(entry));
    return [balancer, listeners.filter(({ exists }) => exists).map((listener) => listener.at('Port'))] as const;
  });
  const classic = state
    .ofType('AWS::ElasticLoadBalancing::LoadBalancer')
    .map((balancer) => [balancer, balancer.membersAt('Listeners').map((listener) => listener.at('LoadBalancerPort'))] as const);
  return [...network, ...classic].flatMap(([balancer, ports]) => {
    const groups = balancer.membersAt('SecurityGroups');
    const isSaid = groups.length > 0 && groups.every((group) => group.mentions().some(({ type }) => type === GROUP));
    if (isSaid || isInternalBalancer(balancer) || balancer.at('Type').string === 'gateway') return [];
    // Without a group, one for networks lets everybody in; another has that of its network, which is elsewhere.
    const isOpen = groups.length === 0 && balancer.at('Type').string === 'network';
    const reach = isOpen ? 'everyone' : 'unknown';
    return ports.map(
      (port) => ({ entry: balancer.entry, reach, label: portLabel({ protocol: 'tcp', from: port.number ?? '?' }) }) as const,
    );
  });
}

/** How far something goes that is on the internet unless a property has a value. */
function unless(value: Value, inside: string | boolean): Reach {
  if (value.isUnknown) return 'unknown';
  return value.string?.toLowerCase() === String(inside).toLowerCase() ? 'nobody' : 'everyone';
}

function endpointReach(network: Value, access: string, addresses: string): Reach {
  const reach = unless(network.at(access), false);
  const blocks = network.at(addresses).items();
  if (reach !== 'everyone' || blocks.length === 0) return reach;
  const reaches = blocks.map((block) => reachOf(new AddressBlock(block)));
  return (['everyone', 'unknown', 'some'] as const).find((each) => reaches.includes(each)) ?? 'nobody';
}

function isInside(environment: Resource): boolean {
  return environment
    .membersAt('OptionSettings')
    .some((option) => option.at('OptionName').string === 'ELBScheme' && option.at('Value').string === 'internal');
}
