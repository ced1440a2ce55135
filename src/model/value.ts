import { isObject, type Json, own } from './json';
import { isNameOf } from './names';
import type { Observation } from './observation';
import { refersToNothing } from './references';
import { ABSENT, type Context, mentions, type Resolved, resolve, textOf, unknown } from './resolve';
import type { Resource, Worked } from './resource';
import type { ResourceEntry } from './template';

/** How a check treats a property that is not set. */
export interface WhenAbsent {
  /** Why the service is safe when the property is not set; without it, an absent property fails. */
  readonly absent?: string;
  /** What is wrong, in words; derived from the property and the expectation when not given. */
  readonly problem?: string;
}

type Scalar = string | number | boolean;

/** A part of a text that only deployment knows. */
export type OpenPart =
  /** An attribute of a resource of a type. */
  | { readonly type: string; readonly text?: undefined }
  /** What stands for anything else, such as `${AWS::Partition}`, `${aws:username}` or `${resolve …}`. */
  | { readonly type?: undefined; readonly text: string };

/** An attribute of some resource of a type. */
export interface Origin {
  readonly type: string;
  readonly attribute: string;
}

/** What stands for a part that only deployment knows. */
const HOLE = /\$\{([^}]*)\}/g;

/** What stands for a dynamic reference or an import; it may name resources. */
const HOLE_OF_KIND = /^(\$\{\w+) .*$/s;

/**
 * A property, resolved as far as synthesis can.
 *
 * Reading never throws: `at` of something that is not set is absent, `at` of something unknown is unknown. A value that
 * only deployment knows never makes an expectation pass.
 */
export class Value {
  public readonly resolved: Resolved;
  private members?: Map<string, Value>;
  private list?: readonly Value[];
  private made?: Map<unknown, Worked<unknown>>;

  constructor(
    /** The resource that the property belongs to. */
    public readonly resource: Resource,
    /** Dotted path from the resource, for example `Properties.VersioningConfiguration.Status`. */
    public readonly path: string,
    raw: Json | undefined,
    private readonly context: Context,
    resolved?: Resolved,
    /** The property that the value is, or is part of. */
    private readonly property?: string,
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

  /** Whether the value says the same whatever else is in the template: it refers to nothing but pseudo parameters. */
  public get isSelfContained(): boolean {
    return this.property !== undefined && this.resource.isSelfContained(this.property);
  }

  /** A member, by a dotted path; numbers index lists. */
  public at(path: string): Value {
    if (this.isRoot) this.resource.noteRead(firstStep(path));
    this.members ??= new Map();
    let value = this.members.get(path);
    if (!value) {
      const dot = path.lastIndexOf('.');
      value = dot < 0 ? this.member(path) : this.at(path.slice(0, dot)).at(path.slice(dot + 1));
      this.members.set(path, value);
    }
    return value;
  }

  /** The members at a dotted path in which `*` stands for every member of a list. */
  public all(path: string): Value[] {
    let values: Value[] = [this];
    for (const key of path.split('.')) values = values.flatMap((value) => (key === '*' ? value.items() : [value.at(key)]));
    return values;
  }

  /** The members of a list, without those that are `AWS::NoValue`. Anything else that is set is a list of one. */
  public items(): Value[] {
    this.list ??= this.findItems();
    return [...this.list];
  }

  /** The members of a mapping, by key, without those that are `AWS::NoValue`. */
  public entries(): [string, Value][] {
    const { resolved } = this;
    if (this.isRoot) this.resource.single();
    if (resolved.kind !== 'known' || !isObject(resolved.value)) return [];
    return Object.keys(resolved.value)
      .map((key): [string, Value] => [key, this.member(key)])
      .filter(([, value]) => !value.isAbsent);
  }

  /**
   * The member of a list of mappings that has a value under a key, as in lists of `{ Key, Value }`.
   *
   * Unknown when no member matches and one might: its key is known only at deployment.
   */
  public pick(key: string, wanted: Scalar): Value {
    const members = this.items();
    const found = members.find((member) => member.at(key).equals(wanted));
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
    return typeof scalar === 'string' && NUMBER.test(scalar) ? Number(scalar) : undefined;
  }

  /** The text, with `${…}` in place of what only deployment knows: `arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess`. */
  public get text(): string {
    this.singleUnlessAlike();
    return textOf(this.resolved);
  }

  /**
   * The text, with what `fill` makes of each part that only deployment knows.
   *
   * It is told the type of a resource, and not which one: values that are alike but for that have the same text.
   */
  public textWith(fill: (part: OpenPart) => string): string {
    const text = this.isKnown ? this.text : textOf(this.resolved);
    const resources = mentions(this.resolved);
    return text.replace(HOLE, (whole, name: string) => {
      const [id] = name.split('.', 1);
      const type = resources.find(({ logicalId }) => logicalId === id)?.type;
      return fill(type === undefined ? { text: whole.replace(HOLE_OF_KIND, '$1 …}') } : { type });
    });
  }

  /** Types of the resources whose attributes are part of the value. */
  public get mentionedTypes(): readonly string[] {
    return [...new Set(mentions(this.resolved).map(({ type }) => type))];
  }

  /** What the value is an attribute of, but for which resource it is. */
  public get origin(): Origin | undefined {
    const { resolved } = this;
    return resolved.kind === 'reference' ? { type: resolved.resource.type, attribute: resolved.attribute } : undefined;
  }

  /** Whether the value is an attribute of a resource, or contains one, or is its name. */
  public pointsTo(resource: Resource): boolean {
    if (!this.resource.comesBy(resource)) this.singleUnlessAlike();
    return mentions(this.resolved).some((entry) => resource.isViewOf(entry)) || isNameOf(this, resource);
  }

  /** Resources of a type that the value points to. */
  public targets(type: string): Resource[] {
    return this.resource.targetsOf(this, type);
  }

  /** Resources whose attributes are part of the value. */
  public mentions(): readonly ResourceEntry[] {
    this.singleUnlessAlike();
    return mentions(this.resolved);
  }

  /** The resource that the value is an attribute of. */
  public get target(): Resource | undefined {
    return this.resolved.kind === 'reference' ? this.resource.follow(this.name, this.resolved.resource) : undefined;
  }

  /** The value in words, for a finding. */
  public get found(): string {
    const { resolved } = this;
    if (resolved.kind === 'absent') return 'nothing';
    this.singleUnlessAlike();
    if (resolved.kind === 'unknown') return shortened(resolved.text ?? resolved.reason);
    if (resolved.kind === 'reference') return textOf(resolved);
    return shortened(typeof resolved.value === 'string' ? `'${resolved.value}'` : JSON.stringify(resolved.value));
  }

  // Expectations. Each answers with nothing when it holds for sure.

  /** Expect one of the given scalars; text is compared as CloudFormation does, so `"true"` is `true`. */
  public mustBe(expected: Scalar | readonly Scalar[], options: WhenAbsent = {}): Observation[] {
    const allowed = Array.isArray(expected) ? (expected as readonly Scalar[]) : [expected as Scalar];
    return this.must(allowed.map(quote).join(' or '), (value) => allowed.some((each) => value.equals(each)), options);
  }

  /** Expect a number of at least `least`. */
  public mustBeAtLeast(least: number, options: WhenAbsent = {}): Observation[] {
    return this.must(`at least ${least}`, (value) => value.number !== undefined && value.number >= least, options);
  }

  /** Expect anything but nothing. */
  public mustBeSet(expected = 'a value', options: WhenAbsent = {}): Observation[] {
    const { resolved } = this;
    if (resolved.kind === 'reference' || (resolved.kind === 'unknown' && resolved.nonEmpty)) return [];
    return this.must(expected, (value) => !value.isEmpty, options);
  }

  /** Expect nothing. */
  public mustNotBeSet(options: WhenAbsent = {}): Observation[] {
    const { resolved } = this;
    if (resolved.kind === 'reference' || (resolved.kind === 'unknown' && resolved.nonEmpty))
      return [this.fails('nothing', options.problem)];
    return this.must('nothing', (value) => value.isEmpty, { absent: '', ...options });
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
    this.singleUnlessAlike();
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

  /**
   * What a function makes of the value; it is called once, however many rules ask.
   *
   * What is made may read more of the value later, and keep what it finds, as long as that is the same for all that are alike.
   */
  public once<T>(make: (value: Value) => T): T {
    this.made ??= new Map();
    const made = this.made.get(make) ?? this.resource.watching(() => make(this));
    this.made.set(make, made);
    return this.resource.using(made) as T;
  }

  /** Whether these are all the properties of the resource. */
  private get isRoot(): boolean {
    return this.property === undefined && this.path === 'Properties';
  }

  private get name(): string {
    return this.path.startsWith('Properties.') ? this.path.slice('Properties.'.length) : this.path;
  }

  /**
   * Two resources are alike when their properties are the same but for the names of resources that these refer to.
   *
   * What all properties say together was not noted as a reading of each.
   */
  private singleUnlessAlike(): void {
    const { resolved, resource } = this;
    if (!resource.isWatched) return;
    const isWritten = resolved.kind === 'absent' || (resolved.kind === 'known' && refersToNothing(resolved.value));
    if (this.isRoot || !(isWritten || this.isSelfContained)) resource.single();
  }

  /** What the value says in another notation: `raw`, read in the same scenario. */
  public reread(raw: Json): Value {
    return new Value(this.resource, this.path, raw, this.context, undefined, this.property);
  }

  private findItems(): readonly Value[] {
    const { resolved } = this;
    if (resolved.kind === 'absent') return [];
    if (resolved.kind !== 'known' || !Array.isArray(resolved.value)) return [this];
    return resolved.value.map((_, index) => this.at(String(index))).filter((item) => !item.isAbsent);
  }

  private member(key: string): Value {
    const path = `${this.path}.${key}`;
    const property = this.property ?? (this.path === 'Properties' ? key : undefined);
    const { resolved } = this;
    if (resolved.kind === 'known') {
      const { value, template } = resolved;
      const inside = template === this.context.template ? this.context : { ...this.context, template };
      return new Value(this.resource, path, memberOf(value, key), inside, undefined, property);
    }
    if (resolved.kind === 'absent') return this.as(ABSENT, path, property);
    return this.as(unknown(resolved.kind === 'unknown' ? resolved.reason : `it is part of ${textOf(resolved)}`), path, property);
  }

  private as(resolved: Resolved, path = this.path, property = this.property): Value {
    return new Value(this.resource, path, undefined, this.context, resolved, property);
  }

  /** Whether this is a known scalar that CloudFormation takes for the expected one: `"true"` for `true`, `"7"` for `7`. */
  private equals(expected: Scalar): boolean {
    if (typeof expected === 'boolean') return this.boolean === expected;
    return typeof expected === 'number' ? this.number === expected : this.string === expected;
  }

  private get isEmpty(): boolean {
    const { resolved } = this;
    if (resolved.kind !== 'known') return resolved.kind === 'absent';
    if (Array.isArray(resolved.value)) return this.items().length === 0;
    return isObject(resolved.value) ? this.entries().length === 0 : resolved.value === '';
  }
}

function firstStep(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

const NUMBER = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i;

function memberOf(value: Json, key: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
  return isObject(value) ? own(value, key) : undefined;
}

function quote(value: Scalar): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
