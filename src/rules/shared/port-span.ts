import type { Value } from '../../model/value';
import type { Ternary } from './ternary';

/** A range of ports of interest; of TCP and UDP when no protocol is given. */
export interface Ports {
  readonly from: number;
  readonly to: number;
  readonly protocol?: 'tcp' | 'udp';
}

/** The protocol and the ports that a rule of a firewall names. */
export class PortSpan {
  /** EC2 takes `-1` for every protocol; a rule without a protocol is read as one that names none. */
  private readonly protocol: 'all' | 'tcp' | 'udp' | 'icmp' | 'other' | undefined;
  private readonly first: number | undefined;
  private readonly last: number | undefined;

  constructor(private readonly parts: { readonly protocol: Value; readonly from: Value; readonly to: Value }) {
    const { protocol, from, to } = parts;
    this.protocol = protocol.isAbsent
      ? 'all'
      : protocol.isKnown
        ? (PROTOCOLS.get(protocol.text.toLowerCase()) ?? 'other')
        : undefined;
    this.first = portOf(from, 0);
    this.last = portOf(to, 65535);
  }

  /** Whether any of the ports is named. */
  public reaches({ from, to, protocol }: Ports): Ternary {
    const { protocol: own, first, last } = this;
    if (own === 'all') return true;
    if (own === undefined) return undefined;
    if (own === 'other' || own === 'icmp' || (protocol !== undefined && protocol !== own)) return false;
    if ((first !== undefined && first > to) || (last !== undefined && last < from)) return false;
    return first === undefined || last === undefined ? undefined : true;
  }

  /** Whether every port is named. */
  public get reachesAll(): Ternary {
    const { protocol, first, last } = this;
    if (protocol === 'all') return true;
    if (protocol === undefined) return undefined;
    if (protocol === 'other' || protocol === 'icmp') return false;
    if ((first !== undefined && first > 1) || (last !== undefined && last < 65535)) return false;
    return first === undefined || last === undefined ? undefined : true;
  }

  /** Whether no port but the given ones is named. ICMP has none. */
  public staysWithin(ports: readonly number[]): Ternary {
    const { protocol, first, last } = this;
    if (protocol === undefined) return undefined;
    if (protocol === 'icmp') return true;
    if (protocol === 'all' || protocol === 'other') return false;
    if ([first, last].some((port) => port !== undefined && !ports.includes(port))) return false;
    return first === undefined || last === undefined ? undefined : first === last;
  }

  /** The first part that only deployment knows. */
  public get unknownPart(): Value | undefined {
    const { protocol, from, to } = this.parts;
    return [protocol, from, to].find((part) => part.isUnknown);
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
