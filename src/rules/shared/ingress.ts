import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { AddressBlock, type Ternary } from './address-block';

/** The types that state ingress rules. */
export const INGRESS_TYPES = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'];

/** A range of ports of interest; of TCP and UDP when no protocol is given. */
export interface Ports {
  readonly from: number;
  readonly to: number;
  readonly protocol?: 'tcp' | 'udp';
}

/** The ingress rules that a resource of one of `INGRESS_TYPES` states itself. */
export function ingressRules(resource: Resource): IngressRule[] {
  const inline = resource.at('SecurityGroupIngress').items();
  const rules = resource.type === 'AWS::EC2::SecurityGroup' ? inline : [resource.properties];
  return rules.map((value) => new IngressRule(value));
}

/** All ingress rules of a security group: its own, and those that other resources add. */
export function ingressRulesOf(group: Resource): IngressRule[] {
  return [group, ...group.pointedAtBy('AWS::EC2::SecurityGroupIngress', 'GroupId')].flatMap(ingressRules);
}

/** Where traffic may come from. */
interface Source {
  readonly value: Value;
  readonly block?: AddressBlock;
}

/** An ingress rule, in whichever of the two shapes it stands. */
export class IngressRule {
  constructor(private readonly value: Value) {}

  /** Findings where the rule lets in the world; `matters` says whether its ports are of interest. */
  public openToWorld(matters: Ternary, what: string, expected: string): Observation[] {
    return this.judge(matters, (block) => block.isWorld, what, expected);
  }

  /** Findings where the rule lets in a public block that is wide, yet not the world, on whatever port. */
  public openToMany(what: string, expected: string): Observation[] {
    return this.judge(true, (block) => block.isWorld !== true && block.isWide, what, expected);
  }

  /** Whether any of the ports is open. */
  public reaches({ from, to, protocol }: Ports): Ternary {
    const { protocol: own, first, last } = this;
    if (own === 'all') return true;
    if (own === undefined) return undefined;
    if (own === 'other' || own === 'icmp' || (protocol !== undefined && protocol !== own)) return false;
    if ((first !== undefined && first > to) || (last !== undefined && last < from)) return false;
    return first === undefined || last === undefined ? undefined : true;
  }

  /** Whether every port is open. */
  public get reachesAll(): Ternary {
    const { protocol, first, last } = this;
    if (protocol === 'all') return true;
    if (protocol === undefined) return undefined;
    if (protocol === 'other' || protocol === 'icmp') return false;
    if ((first !== undefined && first > 1) || (last !== undefined && last < 65535)) return false;
    return first === undefined || last === undefined ? undefined : true;
  }

  /** Whether no port but the given ones is open. ICMP has none. */
  public staysWithin(ports: readonly number[]): Ternary {
    const { protocol, first, last } = this;
    if (protocol === undefined) return undefined;
    if (protocol === 'icmp') return true;
    if (protocol === 'all' || protocol === 'other') return false;
    if ([first, last].some((port) => port !== undefined && !ports.includes(port))) return false;
    return first === undefined || last === undefined ? undefined : first === last;
  }

  private judge(matters: Ternary, opens: (block: AddressBlock) => Ternary, what: string, expected: string): Observation[] {
    if (matters === false) return [];
    return this.sources.flatMap(({ value, block }) => {
      const open = block && opens(block);
      if (open === false) return [];
      if (open === undefined)
        return [value.undetermined(expected, block ? undefined : 'the members of the prefix list are not in the templates')];
      return [matters ? value.fails(expected, `${what} open to ${value.found}`) : this.unknownPart.undetermined(expected)];
    });
  }

  /** Blocks of addresses. Another security group is none. */
  private get sources(): Source[] {
    if (this.value.isUnknown) return [{ value: this.value, block: new AddressBlock(this.value) }];
    const list = this.value.at('SourcePrefixListId');
    const own = [this.value.at('CidrIp'), this.value.at('CidrIpv6')].filter((value) => !value.isAbsent);
    const members = list.target?.at('Entries').items();
    const listed = members?.map((member) => member.at('Cidr')) ?? [];
    const sources: Source[] = [...own, ...listed].map((value) => ({ value, block: new AddressBlock(value) }));
    return list.isAbsent || members ? sources : [...sources, { value: list }];
  }

  /** EC2 takes `-1` for every protocol; a rule without a protocol is read as one that names none. */
  private get protocol(): 'all' | 'tcp' | 'udp' | 'icmp' | 'other' | undefined {
    const protocol = this.value.at('IpProtocol');
    if (protocol.isAbsent) return 'all';
    return protocol.isKnown ? (PROTOCOLS.get(protocol.text.toLowerCase()) ?? 'other') : undefined;
  }

  private get first(): number | undefined {
    return portOf(this.value.at('FromPort'), 0);
  }

  private get last(): number | undefined {
    return portOf(this.value.at('ToPort'), 65535);
  }

  private get unknownPart(): Value {
    const parts = ['IpProtocol', 'FromPort', 'ToPort'].map((name) => this.value.at(name));
    return parts.find((part) => part.isUnknown) ?? this.value;
  }
}

const PROTOCOLS: ReadonlyMap<string, 'all' | 'tcp' | 'udp' | 'icmp'> = new Map([
  ['-1', 'all'],
  ['all', 'all'],
  ['tcp', 'tcp'],
  ['6', 'tcp'],
  ['udp', 'udp'],
  ['17', 'udp'],
  ['icmp', 'icmp'],
  ['1', 'icmp'],
  ['icmpv6', 'icmp'],
  ['58', 'icmp'],
]);

/** No port, and `-1`, mean that the range has no end on this side. */
function portOf(port: Value, otherwise: number): number | undefined {
  return port.isAbsent || port.number === -1 ? otherwise : port.number;
}
