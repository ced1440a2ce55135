import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { AddressBlock } from './address-block';
import { PortSpan, type Ports } from './port-span';
import type { Ternary } from './ternary';

/** The types that state ingress rules. */
export const INGRESS_TYPES = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'];

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
  private readonly span: PortSpan;

  constructor(private readonly value: Value) {
    this.span = new PortSpan({ protocol: value.at('IpProtocol'), from: value.at('FromPort'), to: value.at('ToPort') });
  }

  /** Findings where the rule lets in the world; `matters` says whether its ports are of interest. */
  public openToWorld(matters: Ternary, what: string, expected: string): Observation[] {
    return this.judge(matters, (block) => block.isWorld, what, expected);
  }

  /** Findings where the rule lets in anybody at all; `matters` says whether its ports are of interest. */
  public openToAnybody(matters: Ternary, what: string, expected: string): Observation[] {
    if (matters === false) return [];
    return [matters ? this.value.fails(expected, `${what} open`) : (this.span.unknownPart ?? this.value).undetermined(expected)];
  }

  /** Findings where the rule lets in a public block that is wide, yet not the world, on whatever port. */
  public openToMany(what: string, expected: string): Observation[] {
    return this.judge(true, (block) => block.isWorld !== true && block.isWide, what, expected);
  }

  /** Whether any of the ports is open. */
  public reaches(ports: Ports): Ternary {
    return this.span.reaches(ports);
  }

  /** Whether every port is open. */
  public get reachesAll(): Ternary {
    return this.span.reachesAll;
  }

  /** Whether no port but the given ones is open. ICMP has none. */
  public staysWithin(ports: readonly number[]): Ternary {
    return this.span.staysWithin(ports);
  }

  private judge(matters: Ternary, opens: (block: AddressBlock) => Ternary, what: string, expected: string): Observation[] {
    if (matters === false) return [];
    return this.sources.flatMap(({ value, block }) => {
      const open = block && opens(block);
      if (open === false) return [];
      if (open === undefined)
        return [value.undetermined(expected, block ? undefined : 'the members of the prefix list are not in the templates')];
      if (matters) return [value.fails(expected, `${what} open to ${value.found}`)];
      return [(this.span.unknownPart ?? this.value).undetermined(expected)];
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
}
