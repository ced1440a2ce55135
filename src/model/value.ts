import { isObject, type Json } from './json';
import type { Observation } from './observation';
import { ABSENT, type Context, mentions, type Resolved, resolve, textOf, unknown } from './resolve';
import type { Resource } from './resource';
import type { ResourceEntry } from './template';

/** How a check treats a property that is not set. */
export interface WhenAbsent {
  /** Why the service is safe when the property is not set; without it, an absent property fails. */
  readonly absent?: string;
  /** What is wrong, in words; derived from the property and the expectation when not given. */
  readonly problem?: string;
}

type Scalar = string | number | boolean;

/**
 * A property, resolved as far as synthesis can.
 *
 * Reading never throws: `at` of something that is not set is absent, `at` of something unknown is unknown. A value that
 * only deployment knows never makes an expectation pass.
 */
export class Value {
  public readonly resolved: Resolved;

  constructor(
    /** The resource that the property belongs to. */
    public readonly resource: Resource,
    /** Dotted path from the resource, for example `Properties.VersioningConfiguration.Status`. */
    public readonly path: string,
    raw: Json | undefined,
    private readonly context: Context,
    resolved?: Resolved,
  ) {
    this.resolved = resolved ?? resolve(raw, context);
  }

  public get isAbsent(): boolean {
    return this.resolved.kind === 'absent';
  }

  public get isKnown(): boolean {
    return this.resolved.kind === 'known';
  }

  /** True when only deployment knows the value; a reference to a resource counts, for its attributes are not known before. */
  public get isUnknown(): boolean {
    return this.resolved.kind === 'unknown' || this.resolved.kind === 'reference';
  }

  /** A member, by a dotted path; numbers index lists. */
  public at(path: string): Value {
    let value: Value = this;
    for (const key of path.split('.')) value = value.member(key);
    return value;
  }

  /** The members of a list, without those that are `AWS::NoValue`. Anything else that is set is a list of one. */
  public items(): Value[] {
    const { resolved } = this;
    if (resolved.kind === 'absent') return [];
    if (resolved.kind !== 'known' || !Array.isArray(resolved.value)) return [this];
    const inner = this.inside(resolved.template);
    return resolved.value
      .map((item, index) => new Value(this.resource, `${this.path}.${index}`, item, inner))
      .filter((item) => !item.isAbsent);
  }

  /** The members of a mapping, by key. */
  public entries(): [string, Value][] {
    const { resolved } = this;
    if (resolved.kind !== 'known' || !isObject(resolved.value)) return [];
    return Object.keys(resolved.value).map((key) => [key, this.member(key)]);
  }

  /**
   * The member of a list of mappings that has a value under a key, as in lists of `{ Key, Value }`.
   *
   * Unknown when no member matches and one might: its key is known only at deployment.
   */
  public pick(key: string, wanted: Scalar): Value {
    const members = this.items();
    const found = members.find((member) => same(member.at(key).scalar, wanted));
    if (found) return found;
    const open = members.find((member) => member.at(key).isUnknown);
    return open ? this.as(unknown(`the list may hold '${String(wanted)}' at deployment`)) : this.as(ABSENT);
  }

  /** The value, when it is a known scalar. */
  public get scalar(): Scalar | undefined {
    return this.resolved.kind === 'known' && typeof this.resolved.value !== 'object' ? this.resolved.value : undefined;
  }

  /** The text of a known scalar. */
  public get string(): string | undefined {
    const { scalar } = this;
    return scalar === undefined ? undefined : String(scalar);
  }

  /** A known boolean; CloudFormation takes `"true"` for `true`. */
  public get boolean(): boolean | undefined {
    const text = this.string?.toLowerCase();
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }

  /** A known number; CloudFormation takes `"7"` for `7`. */
  public get number(): number | undefined {
    const { scalar } = this;
    if (typeof scalar === 'number') return scalar;
    return typeof scalar === 'string' && scalar.trim() !== '' && !Number.isNaN(Number(scalar)) ? Number(scalar) : undefined;
  }

  /** The text, with `${…}` in place of what only deployment knows: `arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess`. */
  public get text(): string {
    return textOf(this.resolved);
  }

  /** Whether the value is an attribute of a resource, or contains one, or is its name. */
  public pointsTo(resource: Resource): boolean {
    if (this.mentions().includes(resource.entry)) return true;
    const name = resource.physicalName;
    if (name === undefined || this.isAbsent) return false;
    // A name that only deployment knows is still the same name where the same template says it in the same words.
    const comparable = (name.isKnown && this.isKnown) || name.resource.entry.template === this.resource.entry.template;
    return comparable && (this.text === name.text || this.text.endsWith(`:${name.text}`) || this.text.endsWith(`/${name.text}`));
  }

  /** Resources whose attributes are part of the value. */
  public mentions(): readonly ResourceEntry[] {
    return mentions(this.resolved);
  }

  /** The resource that the value is an attribute of. */
  public get target(): Resource | undefined {
    return this.resolved.kind === 'reference' ? this.resource.view(this.resolved.resource) : undefined;
  }

  /** The value in words, for a finding. */
  public get found(): string {
    const { resolved } = this;
    if (resolved.kind === 'absent') return 'nothing';
    if (resolved.kind === 'unknown') return resolved.text ?? resolved.reason;
    if (resolved.kind === 'reference') return textOf(resolved);
    const text = typeof resolved.value === 'string' ? `'${resolved.value}'` : JSON.stringify(resolved.value);
    return text.length > 120 ? `${text.slice(0, 117)}…` : text;
  }

  // Expectations. Each answers with nothing when it holds for sure.

  /** Expect one of the given scalars; text is compared as CloudFormation does, so `"true"` is `true`. */
  public mustBe(expected: Scalar | readonly Scalar[], options: WhenAbsent = {}): Observation[] {
    const allowed = Array.isArray(expected) ? (expected as readonly Scalar[]) : [expected as Scalar];
    return this.must(allowed.map(quote).join(' or '), (value) => allowed.some((each) => same(value.scalar, each)), options);
  }

  /** Expect a number of at least `least`. */
  public mustBeAtLeast(least: number, options: WhenAbsent = {}): Observation[] {
    return this.must(`at least ${least}`, (value) => value.number !== undefined && value.number >= least, options);
  }

  /** Expect anything but nothing. */
  public mustBeSet(expected = 'a value', options: WhenAbsent = {}): Observation[] {
    const { resolved } = this;
    if (resolved.kind === 'reference' || (resolved.kind === 'unknown' && resolved.nonEmpty)) return [];
    return this.must(expected, (value) => !isEmpty(value.resolved), options);
  }

  /** Expect nothing. */
  public mustNotBeSet(options: WhenAbsent = {}): Observation[] {
    const { resolved } = this;
    if (resolved.kind === 'reference' || (resolved.kind === 'unknown' && resolved.nonEmpty))
      return [this.fails('nothing', options.problem)];
    return this.must('nothing', (value) => isEmpty(value.resolved), { absent: '', ...options });
  }

  /** Expect a known value to pass a test. */
  public must(expected: string, test: (value: Value) => boolean, options: WhenAbsent = {}): Observation[] {
    switch (this.resolved.kind) {
      case 'known':
        return test(this) ? [] : [this.fails(expected, options.problem)];
      case 'absent':
        if (options.absent === undefined) return [this.fails(expected, options.problem)];
        return options.absent === '' ? [] : [{ kind: 'note', resource: this.resource, path: this.path, text: options.absent }];
      default:
        return [this.undetermined(expected)];
    }
  }

  /** The finding that the value is wrong. */
  public fails(expected: string, problem?: string): Observation {
    const words = problem ?? (this.isAbsent ? `${this.name} is not set` : `${this.name} is ${this.found}`);
    return { kind: 'fail', resource: this.resource, path: this.path, problem: words, found: this.found, expected };
  }

  /** The finding that only deployment knows whether the value is right. */
  public undetermined(expected: string, reason?: string): Observation {
    const { resolved } = this;
    const why =
      reason ??
      (resolved.kind === 'unknown'
        ? resolved.reason
        : resolved.kind === 'reference'
          ? `it is taken from ${textOf(resolved)}`
          : 'it is not known');
    return {
      kind: 'undetermined',
      resource: this.resource,
      path: this.path,
      problem: `${this.name} cannot be known before deployment: ${why}`,
      found: this.found,
      expected,
    };
  }

  private get name(): string {
    return this.path.replace(/^Properties\./, '');
  }

  private member(key: string): Value {
    const path = `${this.path}.${key}`;
    const { resolved } = this;
    if (resolved.kind === 'known') {
      const { value, template } = resolved;
      const raw = Array.isArray(value)
        ? value[Number(key)]
        : isObject(value) && Object.hasOwn(value, key)
          ? value[key]
          : undefined;
      return new Value(this.resource, path, raw, this.inside(template));
    }
    if (resolved.kind === 'absent') return new Value(this.resource, path, undefined, this.context, ABSENT);
    const reason = resolved.kind === 'unknown' ? resolved.reason : `it is part of ${textOf(resolved)}`;
    return new Value(this.resource, path, undefined, this.context, unknown(reason));
  }

  private inside(template: Context['template']): Context {
    return template === this.context.template ? this.context : { ...this.context, template };
  }

  private as(resolved: Resolved): Value {
    return new Value(this.resource, this.path, undefined, this.context, resolved);
  }
}

function same(value: Scalar | undefined, expected: Scalar): boolean {
  return value !== undefined && (value === expected || String(value) === String(expected));
}

function quote(value: Scalar): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function isEmpty(resolved: Resolved): boolean {
  if (resolved.kind === 'absent') return true;
  if (resolved.kind !== 'known') return false;
  const { value } = resolved;
  return value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}
