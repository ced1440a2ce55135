import type { Assembly, Environment } from './assembly';
import { decide } from './conditions';
import { isObject, own } from './json';
import { nameProperty } from './names';
import type { Finding } from './observation';
import { hasPlainProperties, refersToNothing } from './references';
import type { Context } from './resolve';
import type { Scenario } from './scenario';
import type { ResourceEntry } from './template';
import { Value } from './value';

/** Noted among the properties that were read when the environment was looked at. */
export const ENVIRONMENT = '';

/** Noted among the properties that were read when it was asked who of a type refers to the resource, and nobody did. */
export function unreferredBy(type: string): string {
  return UNREFERRED + type;
}

/** The type in what `unreferredBy` returned. */
export function unreferredIn(read: string): string | undefined {
  return read.startsWith(UNREFERRED) ? read.slice(UNREFERRED.length) : undefined;
}

/** No property is named like this. */
const UNREFERRED = '<';

/** What was read, as `watch` notes it. */
interface Notes {
  readonly reads: readonly string[];
  readonly isSingled: boolean;
}

/**
 * A resource as a rule sees it: in one scenario, with its neighbours.
 *
 * It notes what is read. Who reads nothing but some of its properties, and what is in its environment, comes to the same result
 * for any resource of the type there that is alike in these; everything that tells one such resource from another, or looks at
 * others, is noted by `single`.
 */
export class Resource {
  private readonly context: Context;
  private pointers?: Map<string, readonly Resource[]>;
  private root?: Value;
  private selfContained?: Map<string, boolean>;
  private reads: string[] = [];
  private isSingled = false;

  constructor(
    private readonly own: ResourceEntry,
    private readonly assembly: Assembly,
    private readonly scenario: Scenario,
  ) {
    this.context = { template: own.template, scenario, exports: assembly, depth: 0 };
  }

  /** Start to note what is read. */
  public watch(): void {
    this.reads = [];
    this.isSingled = false;
  }

  /**
   * The properties that were read, in the order of their first reading, with `ENVIRONMENT` for that and `unreferredBy` for whom
   * nobody of a type refers to; undefined when more was read.
   */
  public get watched(): readonly string[] | undefined {
    return this.isSingled ? undefined : this.reads;
  }

  /** Note that what follows is true of this resource, and maybe of no other. */
  public single(): void {
    this.isSingled = true;
  }

  /** Do something, and tell what it read, so that who uses its result can be taken for having read that. */
  public noting<T>(work: () => T): { readonly result: T; readonly notes: Notes } {
    const { reads, isSingled } = this;
    this.watch();
    const result = work();
    const notes = { reads: this.reads, isSingled: this.isSingled };
    this.reads = reads;
    this.isSingled = isSingled;
    return { result, notes };
  }

  /** Note what something read. */
  public note({ reads, isSingled }: Notes): void {
    for (const each of reads) this.noteRead(each);
    this.isSingled ||= isSingled;
  }

  /** Note that a property was read, or what else is named like one. */
  public noteRead(what: string): void {
    if (!this.reads.includes(what)) this.reads.push(what);
  }

  /** Whether a property says the same whatever else is in the template: it refers to nothing but pseudo parameters. */
  public isSelfContained(property: string): boolean {
    this.selfContained ??= new Map();
    let known = this.selfContained.get(property);
    if (known === undefined) {
      const { Properties: properties } = this.own.body;
      known = hasPlainProperties(this.own) && isObject(properties) && refersToNothing(own(properties, property));
      this.selfContained.set(property, known);
    }
    return known;
  }

  public get entry(): ResourceEntry {
    this.isSingled = true;
    return this.own;
  }

  public get type(): string {
    return this.own.type;
  }

  public get logicalId(): string {
    return this.entry.logicalId;
  }

  /** Path of the construct that made the resource, when the template says so. */
  public get constructPath(): string | undefined {
    return constructPathOf(this.entry);
  }

  public get environment(): Environment {
    this.noteRead(ENVIRONMENT);
    return this.assembly.environmentOf(this.own.template);
  }

  /** Whether the resource is created in this scenario. */
  public get exists(): boolean {
    return isCreated(this.own, this.context);
  }

  /** A property, by its dotted path below `Properties`. */
  public at(path: string): Value {
    return this.properties.at(path);
  }

  /** All properties. */
  public get properties(): Value {
    this.root ??= new Value(this, 'Properties', this.own.body.Properties ?? {}, this.context);
    return this.root;
  }

  /** An attribute of the resource itself, such as `DeletionPolicy`. */
  public attribute(name: string): Value {
    const { body } = this.entry;
    return new Value(this, name, own(body, name), this.context);
  }

  /** The value of a tag; `Tags` may be a list of `{ Key, Value }` or a mapping. */
  public tag(key: string): Value {
    const tags = this.at('Tags');
    return tags.entries().length > 0 ? tags.at(key) : tags.pick('Key', key).at('Value');
  }

  /** The values at a path, and the members of those that are lists; in the path, `*` stands for every member of a list. */
  public membersAt(path: string): Value[] {
    const [property, ...rest] = path.split('.');
    const value = this.at(property);
    return (rest.length === 0 ? [value] : value.all(rest.join('.'))).flatMap((each) => each.items());
  }

  /** Resources of a type that point to this one with the property at a path (or any member of the list there). */
  public pointedAtBy(type: string, path: string): Resource[] {
    const incoming = this.assembly.incoming(this.own, type);
    const name = this.physicalName;
    if (incoming.length === 0 && !name) {
      this.noteRead(unreferredBy(type));
      return [];
    }
    this.isSingled = true;
    const key = `${type} ${path}`;
    this.pointers ??= new Map();
    let found = this.pointers.get(key);
    if (!found) {
      found = this.findPointers(type, path, incoming, name);
      this.pointers.set(key, found);
    }
    return [...found];
  }

  /** Types of the resources that refer to this one with whatever property, in any branch of any condition. */
  public get referrers(): readonly string[] {
    return this.assembly.referrers(this.entry);
  }

  /** A property at a path of a resource of a type that may, for all that is known before deployment, point to this one. */
  public mayBePointedAtBy(type: string, path: string): Value | undefined {
    const { environment } = this;
    for (const entry of this.assembly.pointingAnywhere(type, path)) {
      const candidate = this.view(entry);
      if (candidate.environment !== environment || !candidate.exists) continue;
      const open = candidate.membersAt(path).find((member) => member.isUnknown && member.mentions().length === 0);
      if (open) return open;
    }
    return undefined;
  }

  /** Resources of a type that a value of this resource points to. */
  public targetsOf(value: Value, type: string): Resource[] {
    if (value.isAbsent) return [];
    this.isSingled = true;
    const property = nameProperty(type);
    const named =
      property === undefined || value.target ? [] : this.assembly.naming(type, property, value.text, this.entry.template);
    return [...new Set([...value.mentions().filter((entry) => entry.type === type), ...named])]
      .map((entry) => this.view(entry))
      .filter((target) => target.exists && value.pointsTo(target));
  }

  /** All resources of a type in the same account and Region. */
  public peers(type: string): Resource[] {
    return this.existing(this.assembly.ofTypeIn([this.environment], type));
  }

  /** All resources of a type in the same account, in any Region. */
  public accountPeers(type: string): Resource[] {
    return this.existing(this.assembly.ofTypeIn(this.assembly.account(this.environment), type));
  }

  /** Another resource, in the same scenario. */
  public view(entry: ResourceEntry): Resource {
    this.isSingled = true;
    return entry === this.own ? this : viewOf(entry, this.assembly, this.scenario);
  }

  /** The name that the template gives to the resource, when it does: `BucketName`, `TableName`, …. */
  public get physicalName(): Value | undefined {
    const property = nameProperty(this.type);
    const name = property === undefined ? undefined : this.at(property);
    return name === undefined || name.isAbsent ? undefined : name;
  }

  private findPointers(
    type: string,
    path: string,
    incoming: readonly ResourceEntry[],
    name: Value | undefined,
  ): readonly Resource[] {
    const candidates = new Set(incoming);
    if (name) for (const entry of this.assembly.naming(type, path, name.text, this.entry.template)) candidates.add(entry);
    return [...candidates]
      .map((entry) => this.view(entry))
      .filter((candidate) => candidate.exists && candidate.membersAt(path).some((member) => member.pointsTo(this)));
  }

  private existing(entries: readonly ResourceEntry[]): Resource[] {
    return entries.map((entry) => this.view(entry)).filter((resource) => resource.exists);
  }

  /** The finding that something about the resource is wrong that no single property shows. */
  public fails(problem: string, expected: string, found = 'nothing'): Finding {
    return { kind: 'fail', resource: this, path: 'Properties', problem, found, expected };
  }
}

/** A resource in a scenario; what was found out about it is kept for as long as the scenario is. */
export function viewOf(entry: ResourceEntry, assembly: Assembly, scenario: Scenario): Resource {
  return scenario.once(entry, () => new Resource(entry, assembly, scenario));
}

/** Whether a resource is created, and all the stacks that it is nested in. */
function isCreated({ body, template }: ResourceEntry, context: Context): boolean {
  if (typeof body.Condition === 'string' && !decide(body.Condition, { ...context, template })) return false;
  const stack = template.parent?.template.resources.get(template.parent.logicalId);
  return stack === undefined || isCreated(stack, context);
}

/**
 * Path of the construct that made a resource, when the construct tree or its template says so.
 *
 * The tree comes first: a template that another app synthesized, and this one includes, has the paths of that app.
 */
export function constructPathOf(entry: ResourceEntry): string | undefined {
  const inTree = entry.template.origin.constructPathOf?.(entry.logicalId);
  if (inTree !== undefined) return inTree;
  const { Metadata: metadata } = entry.body;
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return typeof path === 'string' && path !== '' ? path : undefined;
}
