import type { Resource } from '../../model/resource';
import type { ResourceEntry } from '../../model/template';
import type { NetworkState } from './network-state';
import { type Opening, openingsOf, type Reach } from './openings';
import { portLabel } from './port-words';
import { publicEndpointsOf } from './public-endpoints';
import { INTERNET, type MapLink, type MapNode } from './system-map';

const HTTPS = 'HTTPS 443';
const PERHAPS = 'perhaps';
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** Who may connect to whom: what security groups let through, and what stands behind gateways, firewalls and permissions. */
export function linksOf(state: NetworkState, nodes: readonly MapNode[]): MapLink[] {
  const links = new Links(nodes);
  const guarded = guardedBy(state);
  for (const opening of openingsOf(state)) addOpening(state, links, opening, guarded);
  for (const { entry, reach, label } of publicEndpointsOf(state))
    links.add(INTERNET, guarded.get(entry) ?? entry, fromInternet(reach, label));
  for (const [target, firewall] of guarded) links.add(firewall, target, 'filtered');
  for (const distribution of state.ofType('AWS::CloudFront::Distribution')) {
    links.add(INTERNET, distribution.entry, viewerLabel(distribution));
    for (const type of [LOAD_BALANCER, 'AWS::S3::Bucket', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'])
      for (const origin of state.targets(distribution, type)) links.add(distribution.entry, origin, HTTPS);
  }
  for (const type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::AppSync::GraphQLApi'])
    for (const api of state.ofType(type)) {
      if (!api.membersAt('EndpointConfiguration.Types').some(({ string }) => string === 'PRIVATE'))
        links.add(INTERNET, api.entry, HTTPS);
      for (const permission of state.referrers(api, 'AWS::Lambda::Permission'))
        for (const target of state.targets(state.view(permission), 'AWS::Lambda::Function'))
          links.add(api.entry, target, 'calls');
    }
  for (const pool of state.ofType('AWS::Cognito::UserPool')) links.add(INTERNET, pool.entry, HTTPS);
  for (const gateway of state.ofType('AWS::EC2::NatGateway')) links.add(gateway.entry, INTERNET, 'only out');
  addTargets(state, links);
  addPermissions(state, links, nodes);
  return links.all;
}

/** Whether the internet is let in to any of some boxes, as far as is known before deployment. */
export function internetComesTo(links: readonly MapLink[], ids: readonly string[]): 'surely' | 'perhaps' | 'not' {
  const labels = links.filter(({ from, to }) => from === INTERNET && ids.includes(to)).flatMap(({ label }) => label.split(', '));
  if (labels.length === 0) return 'not';
  return labels.every((label) => label.startsWith(PERHAPS)) ? 'perhaps' : 'surely';
}

/** Links between boxes, each once, with everything that it is for. */
class Links {
  private readonly nodeOf = new Map<ResourceEntry, string>();
  private readonly labels = new Map<string, { from: string; to: string; labels: string[] }>();

  constructor(nodes: readonly MapNode[]) {
    for (const { id, resources } of nodes) for (const { entry } of resources) this.nodeOf.set(entry, id);
  }

  public add(from: ResourceEntry | typeof INTERNET, to: ResourceEntry | typeof INTERNET, label: string): void {
    const [source, target] = [from, to].map((end) => (end === INTERNET ? INTERNET : this.nodeOf.get(end)));
    if (source === undefined || target === undefined || source === target) return;
    const key = `${source}\n${target}`;
    const found = this.labels.get(key);
    if (!found) this.labels.set(key, { from: source, to: target, labels: [label] });
    else if (!found.labels.includes(label)) found.labels.push(label);
  }

  public has(from: ResourceEntry, to: ResourceEntry): boolean {
    return this.labels.has(`${this.nodeOf.get(from)}\n${this.nodeOf.get(to)}`);
  }

  public get all(): MapLink[] {
    return [...this.labels.values()].map(({ from, to, labels }) => ({
      from,
      to,
      label: labels.length > 2 ? `${labels.slice(0, 2).join(', ')}, …` : labels.join(', '),
    }));
  }
}

/** Load balancers and interfaces with the web application firewall in front of each. */
function guardedBy(state: NetworkState): Map<ResourceEntry, ResourceEntry> {
  const guarded = new Map<ResourceEntry, ResourceEntry>();
  for (const association of state.ofType('AWS::WAFv2::WebACLAssociation')) {
    const [firewall] = state.targets(association, 'AWS::WAFv2::WebACL');
    const [target] = state.targets(association, LOAD_BALANCER);
    if (firewall && target) guarded.set(target, firewall);
  }
  return guarded;
}

function addOpening(
  state: NetworkState,
  links: Links,
  { group, direction, peer, ports }: Opening,
  guarded: ReadonlyMap<ResourceEntry, ResourceEntry>,
): void {
  if (direction === 'out' || !group) return;
  const label = portLabel(ports);
  for (const target of holdersOf(state, group.entry)) {
    if (peer.reach !== 'nobody') links.add(INTERNET, guarded.get(target) ?? target, fromInternet(peer.reach, label));
    if (peer.kind === 'group') for (const source of holdersOf(state, peer.entry)) links.add(source, target, label);
  }
}

/** What is let in from the internet: for everyone, for some, or for whom deployment says. */
function fromInternet(reach: Reach, label: string): string {
  return reach === 'unknown' ? `${PERHAPS} ${label}` : reach === 'some' ? `${label} for some` : label;
}

/** What has a security group: directly, or through the launch template or configuration that it is made from. */
function holdersOf(state: NetworkState, group: ResourceEntry): ResourceEntry[] {
  const view = state.view(group);
  const through = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'].flatMap((type) =>
    state.referrers(view, type),
  );
  return [view, ...through.map((entry) => state.view(entry))].flatMap((resource) =>
    state.assembly.referrers(resource.entry).flatMap((type) => state.referrers(resource, type)),
  );
}

function viewerLabel(distribution: Resource): string {
  const policy = distribution.at('DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy').string;
  return policy === 'allow-all' ? 'HTTP 80, HTTPS 443' : HTTPS;
}

/** What stands behind a load balancer, where no security group says so. */
function addTargets(state: NetworkState, links: Links): void {
  for (const balancer of state.ofType(LOAD_BALANCER)) {
    for (const listener of state.referrers(balancer, 'AWS::ElasticLoadBalancingV2::Listener')) {
      for (const entry of state.targets(state.view(listener), 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
        const targetGroup = state.view(entry);
        const behind = [
          ...['AWS::ECS::Service', 'AWS::AutoScaling::AutoScalingGroup'].flatMap((type) => state.referrers(targetGroup, type)),
          ...['AWS::EC2::Instance', 'AWS::Lambda::Function'].flatMap((type) => state.targets(targetGroup, type)),
        ];
        const port = targetGroup.at('Port').number;
        for (const target of behind)
          if (!links.has(balancer.entry, target))
            links.add(balancer.entry, target, port === undefined ? 'forwards' : portLabel({ protocol: 'tcp', from: port }));
      }
    }
  }
}

/** What an application may use by the permissions of its role: services of AWS answer over HTTPS only. */
function addPermissions(state: NetworkState, links: Links, nodes: readonly MapNode[]): void {
  const offered = nodes.filter(({ zone }) => zone === 'store' || zone === 'serverless');
  const types = new Set(offered.flatMap(({ resources }) => resources.map(({ type }) => type)));
  const users = nodes.filter(({ zone }) => zone === 'app' || zone === 'serverless').flatMap(({ resources }) => resources);
  for (const user of users)
    for (const role of rolesOf(state, user))
      for (const policy of POLICIES.flatMap((type) => state.referrers(state.view(role), type)))
        for (const type of types) for (const used of state.targets(state.view(policy), type)) links.add(user.entry, used, HTTPS);
}

/** The roles that something runs with, those of its tasks among them. */
function rolesOf(state: NetworkState, resource: Resource): ResourceEntry[] {
  const tasks = state.targets(resource, 'AWS::ECS::TaskDefinition').map((entry) => state.view(entry));
  return [resource, ...tasks].flatMap((each) => state.targets(each, 'AWS::IAM::Role'));
}
