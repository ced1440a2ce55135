import type { Resource } from '../../model/resource';
import type { ResourceEntry } from '../../model/template';
import type { Value } from '../../model/value';
import { AddressBlock } from '../../rules/shared/address-block';
import { databasePort } from './database-port';
import { type NetworkState, nameOf } from './network-state';
import type { PortRange } from './port-words';

/** Who of the internet is meant. */
export type Reach = 'everyone' | 'some' | 'nobody' | 'unknown';

/** The other side of a rule of a security group. */
export type Peer =
  | { readonly kind: 'address'; readonly text: string; readonly reach: Reach }
  | { readonly kind: 'group'; readonly entry: ResourceEntry; readonly reach: 'nobody' }
  /** A group that is elsewhere, a list of addresses, or what the template does not state. */
  | { readonly kind: 'other'; readonly text: string; readonly reach: 'nobody' | 'unknown' };

/** What a security group lets through. */
export interface Opening {
  /** Absent when the group is elsewhere, and only the rule is in the templates. */
  readonly group?: Resource;
  readonly name: string;
  readonly direction: 'in' | 'out';
  readonly peer: Peer;
  readonly ports: PortRange;
  readonly description: string;
  /** The resource that states the rule. */
  readonly statedBy: Resource;
}

const APART = { in: 'AWS::EC2::SecurityGroupIngress', out: 'AWS::EC2::SecurityGroupEgress' } as const;

/** Every rule of security groups in an environment, and of the groups without an outgoing rule what EC2 gives them. */
export function openingsOf(state: NetworkState): Opening[] {
  const openings = ofGroups(state);
  const told = new Set(openings.map(({ statedBy }) => statedBy.entry));
  const others = (['in', 'out'] as const).flatMap((direction) =>
    state
      .ofType(APART[direction])
      .filter(({ entry }) => !told.has(entry))
      .map((rule) => openingOf(undefined, direction, rule.properties, rule)),
  );
  return [...openings, ...others];
}

function ofGroups(state: NetworkState): Opening[] {
  return state.ofType('AWS::EC2::SecurityGroup').flatMap((group) => {
    const ingress = [
      ...group
        .at('SecurityGroupIngress')
        .items()
        .map((rule) => ({ rule, statedBy: group })),
      ...apart(state, group, APART.in),
    ];
    const egress = [
      ...group
        .at('SecurityGroupEgress')
        .items()
        .map((rule) => ({ rule, statedBy: group })),
      ...apart(state, group, APART.out),
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
    name: nameOf(group),
    direction: 'out',
    peer: { kind: 'address', text: '0.0.0.0/0', reach: 'everyone' },
    ports: { protocol: '-1' },
    description: 'EC2 lets everything out of a group that states no rule',
    statedBy: group,
  };
}

function openingOf(group: Resource | undefined, direction: 'in' | 'out', rule: Value, statedBy: Resource): Opening {
  return {
    group,
    name: group ? nameOf(group) : rule.at('GroupId').text || rule.at('GroupName').text,
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
    if (!value.isAbsent) return { kind: 'address', text: addressOf(value), reach: reachOf(new AddressBlock(value)) };
  }
  for (const key of direction === 'in' ? ['SourceSecurityGroupId', 'SourceSecurityGroupName'] : ['DestinationSecurityGroupId']) {
    const group = rule.at(key);
    if (group.isAbsent) continue;
    const entry = group.mentions().find(({ type }) => type === 'AWS::EC2::SecurityGroup');
    return entry ? { kind: 'group', entry, reach: 'nobody' } : { kind: 'other', text: group.text, reach: 'nobody' };
  }
  const list = rule.at(direction === 'in' ? 'SourcePrefixListId' : 'DestinationPrefixListId');
  return { kind: 'other', text: list.isAbsent ? 'a peer that the template does not state' : list.text, reach: 'unknown' };
}

/** Who of the internet has an address of a block. */
export function reachOf({ isWorld, isPrivate }: AddressBlock): Reach {
  if (isWorld) return 'everyone';
  return isPrivate === undefined ? 'unknown' : isPrivate ? 'nobody' : 'some';
}
