import type { Criterion } from '../criteria/criterion';
import type { Observation } from '../model/observation';
import type { Resource } from '../model/resource';
import type { Value } from '../model/value';
import type { ResourceRule } from '../rules/rule';
import type { RuleSeverity } from './rule-catalog';

/** A property of a resource, as far as synthesis can tell. */
export interface ResolvedProperty {
  /**
   * The value: text, number, boolean, list or mapping.
   *
   * @default - the property is not set, or only deployment knows its value
   */
  readonly value?: unknown;
  /**
   * True when only deployment knows the value. A rule must not take such a value for right.
   *
   * @default false
   */
  readonly unknown?: boolean;
}

/** A resource as a rule of your own sees it: as CloudFormation will get it, overrides included. */
export interface ICheckedResource {
  /** CloudFormation type, for example `AWS::S3::Bucket`. */
  readonly resourceType: string;
  /** Logical id in the template. */
  readonly logicalId: string;
  /** Construct path; empty when it is not known. */
  readonly constructPath: string;
  /**
   * A property, resolved through `Ref`, `Fn::If`, parameters, nested stacks and exports.
   *
   * @param path dotted path below `Properties`, for example `VersioningConfiguration.Status`; numbers index lists.
   */
  property(path: string): ResolvedProperty;
  /**
   * Resources that point to this one with a property, in any stack of the app.
   *
   * @param resourceType for example `AWS::S3::BucketPolicy`.
   * @param path dotted path of the property that points, for example `Bucket`.
   */
  pointedAtBy(resourceType: string, path: string): ICheckedResource[];
}

/** Something that a rule of your own found wrong. */
export interface RuleFinding {
  /** Dotted path of the property to change, below `Properties`. */
  readonly path: string;
  /** What is wrong, in words. */
  readonly problem: string;
  /** What stands there. */
  readonly found: string;
  /** What should stand there. */
  readonly expected: string;
  /**
   * True when only deployment can tell whether it is wrong.
   *
   * @default false
   */
  readonly undetermined?: boolean;
}

/** A rule of your own. Its findings block, are reported and are recorded like those of the library. */
export interface IAdditionalRule {
  /** Prefix and number, for example `ACME.1`; must not be an id of the library. */
  readonly id: string;
  /** Name in kebab case, for example `acme-bucket-names`. */
  readonly slug: string;
  /** What must be true, without a full stop. */
  readonly title: string;
  /** Criteria that the rule supports. At least one. */
  readonly criteria: Criterion[];
  /** What a finding means for synthesis. */
  readonly severity: RuleSeverity;
  /** CloudFormation types that the rule is about. At least one. */
  readonly resourceTypes: string[];
  /** What to change when the rule finds something. */
  readonly remediation: string;
  /**
   * What is wrong with a resource; an empty list when nothing is.
   *
   * Called once for every combination of conditions and parameters that matters, so it must have no side effect. An exception
   * that it throws blocks synthesis.
   */
  check(resource: ICheckedResource): RuleFinding[];
}

/** Ids of rules: a prefix and a number. */
export const RULE_ID = /^[A-Z][A-Za-z0-9]*\.[1-9]\d*$/;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)+$/;

/** The rule of a user as one of ours. */
export function adopt(rule: IAdditionalRule): ResourceRule {
  const { id, slug, title, criteria, severity, resourceTypes, remediation } = rule;
  if (!RULE_ID.test(id)) throw new Error(`'id' of an additional rule must be a prefix and a number such as ACME.1, got '${id}'`);
  if (!SLUG.test(slug)) throw new Error(`'slug' of rule ${id} must be in kebab case such as acme-bucket-names, got '${slug}'`);
  if (criteria.length === 0) throw new Error(`'criteria' of rule ${id} must name at least one criterion`);
  if (resourceTypes.length === 0) throw new Error(`'resourceTypes' of rule ${id} must name at least one CloudFormation type`);
  return {
    id,
    slug,
    title,
    criteria,
    control: 'security-posture',
    severity,
    resourceTypes,
    rationale: '',
    remediation,
    references: [],
    examples: { pass: {}, fail: {} },
    check: (resource) => rule.check(new CheckedResource(resource)).map((finding) => observe(finding, resource)),
  };
}

function observe({ path, problem, found, expected, undetermined }: RuleFinding, resource: Resource): Observation {
  return { kind: undetermined ? 'undetermined' : 'fail', resource, path: `Properties.${path}`, problem, found, expected };
}

class CheckedResource implements ICheckedResource {
  public readonly resourceType: string;
  public readonly logicalId: string;
  public readonly constructPath: string;

  constructor(private readonly resource: Resource) {
    this.resourceType = resource.type;
    this.logicalId = resource.logicalId;
    this.constructPath = resource.constructPath ?? '';
  }

  public property(path: string): ResolvedProperty {
    return plain(this.resource.at(path));
  }

  public pointedAtBy(resourceType: string, path: string): ICheckedResource[] {
    return this.resource.pointedAtBy(resourceType, path).map((each) => new CheckedResource(each));
  }
}

/** The value with all its members; unknown when any of them is. */
function plain(value: Value): ResolvedProperty {
  if (value.isUnknown) return { unknown: true };
  if (value.isAbsent) return {};
  if (value.scalar !== undefined) return { value: value.scalar };
  const isList = value.resolved.kind === 'known' && Array.isArray(value.resolved.value);
  const members: [string, ResolvedProperty][] = isList
    ? value.items().map((item) => ['', plain(item)])
    : value.entries().map(([key, member]) => [key, plain(member)]);
  if (members.some(([, member]) => member.unknown)) return { unknown: true };
  return {
    value: isList
      ? members.map(([, member]) => member.value)
      : Object.fromEntries(members.map(([key, member]) => [key, member.value])),
  };
}
