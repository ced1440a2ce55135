import type { Resource } from '../../model/resource';
import type { ResourceEntry } from '../../model/template';
import type { Value } from '../../model/value';
import { databasePort } from './database-port';
import { type NetworkState, nameOf } from './network-state';
import type { PortRange } from './port-words';

/** The other side of a rule of a security group. */
export type Peer =
  | { readonly kind: 'address'; readonly text: string; readonly isWorld: boolean }
  | { readonly kind: 'group'; readonly entry: ResourceEntry }
  | { readonly kind: 'list' | 'unknown'; readonly text: string };

/** What a security group lets through. */
export interface Opening {
  readonly group: Resource;
  readonly direction: 'in' | 'out';
  readonly peer: Peer;
  readonly ports: PortRange;
  readonly description: string;
  /** The resource that states the rule. */
  readonly statedBy: Resource;
}

/** Every rule of the security groups of an environment, and of the groups without an outgoing rule what EC2 gives them. */
export function openingsOf(state: NetworkState): Opening[] {
  return state.ofType('AWS::EC2::SecurityGroup').flatMap((group) => {
    const ingress = [
      ...group
        .at('SecurityGroupIngress')
        .items()
        .map((rule) => ({ rule, statedBy: group })),
      ...apart(state, group, 'AWS::EC2::SecurityGroupIngress'),
    ];
    const egress = [
      ...group
        .at('SecurityGroupEgress')
        .items()
        .map((rule) => ({ rule, statedBy: group })),
      ...apart(state, group, 'AWS::EC2::SecurityGroupEgress'),
    ];
    return [
      ...ingress.map(({ rule, statedBy }) => openingOf(group, 'in', rule, statedBy)),
      ...egress.map(({ rule, statedBy }) => openingOf(group, 'out', rule, statedBy)),
      ...(egress.length === 0 ? [unrestricted(group)] : []),
    ];
  });
}

function apart(state: NetworkState, group: Resource, type: string): { rule: Value; statedBy: Resource }[] {
  return state
    .referrers(group, type)
    .map((entry) => state.view(entry))
    .filter((rule) => rule.exists && rule.at('GroupId').mentions().includes(group.entry))
    .map((rule) => ({ rule: rule.properties, statedBy: rule }));
}

function unrestricted(group: Resource): Opening {
  return {
    group,
    direction: 'out',
    peer: { kind: 'address', text: '0.0.0.0/0', isWorld: true },
    ports: { protocol: '-1' },
    description: 'EC2 lets everything out of a group that states no rule',
    statedBy: group,
  };
}

function openingOf(group: Resource, direction: 'in' | 'out', rule: Value, statedBy: Resource): Opening {
  return {
    group,
    direction,
    peer: peerOf(rule, direction),
    ports: { protocol: rule.at('IpProtocol').string ?? '?', from: portOf(rule.at('FromPort')), to: portOf(rule.at('ToPort')) },
    description: rule.at('Description').string ?? '',
    statedBy,
  };
}

function portOf(value: Value): number | '?' | undefined {
  return value.isAbsent ? undefined : (value.number ?? databasePort(value) ?? '?');
}

/** The addresses that a rule names; those of a network by its range, which a rule takes from the network itself. */
function addressOf(value: Value): string {
  const { resolved, target } = value;
  const isRange = resolved.kind === 'reference' && resolved.attribute === 'CidrBlock' && target?.type === 'AWS::EC2::VPC';
  const range = isRange ? target.at('CidrBlock').string : undefined;
  return range === undefined ? value.text : `${range} of the network ${nameOf(target!)}`;
}

function peerOf(rule: Value, direction: 'in' | 'out'): Peer {
  for (const key of ['CidrIp', 'CidrIpv6']) {
    const value = rule.at(key);
    if (!value.isAbsent) return { kind: 'address', text: addressOf(value), isWorld: /^(0\.0\.0\.0|::)\/0$/.test(value.text) };
  }
  const group = rule.at(direction === 'in' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId');
  if (!group.isAbsent) {
    const entry = group.mentions().find(({ type }) => type === 'AWS::EC2::SecurityGroup');
    return entry ? { kind: 'group', entry } : { kind: 'unknown', text: group.text };
  }
  const list = rule.at(direction === 'in' ? 'SourcePrefixListId' : 'DestinationPrefixListId');
  return list.isAbsent ? { kind: 'unknown', text: 'a peer that the template does not state' } : { kind: 'list', text: list.text };
}
