import type { Value } from '../../model/value';
import type { Ternary } from './ternary';

/** Half of the IPv4 addresses is as good as all of them: two halves are how a check for `/0` is slipped past. */
const WORLD_V4 = 1;
/** All public IPv6 addresses are in `2000::/3`. */
const WORLD_V6 = 3;
/** Wider than what one network of one organisation needs. */
const NARROW_V4 = 24;
const NARROW_V6 = 32;

const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

/** Networks of the account, whose blocks are their attributes. */
const NETWORKS = new Set(['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::VPCCidrBlock', 'AWS::EC2::SubnetCidrBlock']);

/** A CIDR block, as far as synthesis knows it: of `${Address}/32` that is the length of the prefix. */
export class AddressBlock {
  constructor(private readonly value: Value) {}

  /** Whether the block is the whole internet, or as good as that. */
  public get isWorld(): Ternary {
    const { prefix } = this;
    return prefix === undefined ? this.ofNetwork : prefix <= (this.isV6 ? WORLD_V6 : WORLD_V4);
  }

  /** Whether the block is public and wider than one organisation needs, the world included. */
  public get isWide(): Ternary {
    const { prefix } = this;
    if (prefix === undefined) return this.ofNetwork;
    if (prefix >= (this.isV6 ? NARROW_V6 : NARROW_V4)) return false;
    return this.value.isKnown ? !PRIVATE.some((block) => isWithin(this.value.text, block)) : undefined;
  }

  /** Whether none of it is public. */
  public get isPrivate(): Ternary {
    if (this.ofNetwork === false) return true;
    return this.value.isKnown ? PRIVATE.some((block) => isWithin(this.value.text, block)) : undefined;
  }

  /** What is an attribute of a network is neither the world nor wide; of anything else, nobody knows. */
  private get ofNetwork(): Ternary {
    return this.value.mentionedTypes.some((type) => NETWORKS.has(type)) ? false : undefined;
  }

  private get isV6(): boolean {
    return this.text.includes(':') || this.value.path.endsWith('Ipv6');
  }

  private get text(): string {
    return this.value.textWith(() => '_');
  }

  /** What is known and has no length is one address. */
  private get prefix(): number | undefined {
    const length = /\/(\d+)\s*$/.exec(this.text)?.[1];
    return length === undefined ? (this.value.isKnown ? 128 : undefined) : Number(length);
  }
}

function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [parse(inner), parse(outer)];
  const rest = a.bits - b.prefix;
  return a.bits === b.bits && a.prefix >= b.prefix && a.head >>> rest === b.head >>> rest;
}

/** The first bits of a block: all 32 of IPv4, 16 of IPv6, which is enough to tell private ones. */
function parse(block: string): { bits: number; head: number; prefix: number } {
  const [address, length] = block.trim().split('/');
  if (address.includes(':')) return { bits: 16, head: Number.parseInt(address.split(':')[0] || '0', 16), prefix: Number(length) };
  return { bits: 32, head: address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0), prefix: Number(length) };
}
