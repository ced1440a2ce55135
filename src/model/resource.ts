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
import { ENVIRONMENT, REFERRERS, referredBy, Watch } from './watch';

/** More resources of a type that refer to one are not told apart. */
const MOST_REFERRERS = 4;

/** A resource as a rule sees it: in one scenario, with its neighbours. What is read is noted by the scenario's watch. */
export class Resource {
  private readonly context: Context;
  private pointers?: Map<string, Worked<readonly Resource[]>>;
  private root?: Value;
  private selfContained?: Map<string, boolean>;

  constructor(
    private readonly own: ResourceEntry,
    private readonly assembly: Assembly,
    private readonly scenario: Scenario,
  ) {
    this.context = { template: own.template, scenario, exports: assembly, depth: 0 };
  }

  /** Do something, and tell what it read of this resource and its neighbours. */
  public watching<T>(work: () => T): Worked<T> {
    const { scenario } = this;
    const before = scenario.watch;
    const watch = new Watch(this);
    scenario.watch = watch;
    try {
      return { result: work(), watch };
    } finally {
      scenario.watch = before;
    }
  }

  /** Use what was worked out for this resource: who does so has read what that took. */
  public using<T>({ result, watch }: Worked<T>): T {
    this.scenario.watch?.include(watch);
    return result;
  }

  /** Whether somebody wants to know what is read. */
  public get isWatched(): boolean {
    return this.scenario.watch !== undefined;
  }

  /** Note that what follows is true of this resource, and maybe of no other. */
  public single(): void {
    this.scenario.watch?.single();
  }

  /** Note that a property was read. */
  public noteRead(property: string): void {
    this.scenario.watch?.property(this, property);
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
    this.single();
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
    this.scenario.watch?.read(this, ENVIRONMENT);
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
    const key = `${type} ${path}`;
    this.pointers ??= new Map();
    let found = this.pointers.get(key);
    if (!found) {
      found = this.watching(() => this.findPointers(type, path));
      this.pointers.set(key, found);
    }
    return [...this.using(found)];
  }

  /** Types of the resources that refer to this one with whatever property, in any branch of any condition. */
  public get referrers(): readonly string[] {
    this.scenario.watch?.read(this, REFERRERS);
    return this.assembly.referrers(this.own);
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
    const { isAbsent, target } = value;
    if (isAbsent) return [];
    if (target) return target.type === type && target.exists ? [target] : [];
    const property = nameProperty(type);
    const named = property === undefined ? [] : this.assembly.naming(type, property, value.text, this.entry.template);
    return [...new Set([...value.mentions().filter((entry) => entry.type === type), ...named])]
      .map((entry) => this.view(entry))
      .filter((each) => each.exists && value.pointsTo(each));
  }

  /** The resource that the property at a path is known to refer to. */
  public follow(path: string, entry: ResourceEntry): Resource {
    const target = viewOf(entry, this.assembly, this.scenario);
    // The way to this resource may lead by way of that one: then it is known already.
    if (!this.comesBy(target)) this.scenario.watch?.step(this, { path: path.split('.') }, target);
    return target;
  }

  /** Whether the way to this resource, from the one that is watched, leads by way of another. */
  public comesBy(resource: Resource): boolean {
    return this.scenario.watch?.leadsBy(this, resource) === true;
  }

  /** Whether this is the view of a resource. */
  public isViewOf(entry: ResourceEntry): boolean {
    return this.own === entry;
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
    this.single();
    return viewOf(entry, this.assembly, this.scenario);
  }

  /** The name that the template gives to the resource, when it does: `BucketName`, `TableName`, …. */
  public get physicalName(): Value | undefined {
    const property = nameProperty(this.type);
    const name = property === undefined ? undefined : this.at(property);
    return name === undefined || name.isAbsent ? undefined : name;
  }

  private findPointers(type: string, path: string): readonly Resource[] {
    const name = this.physicalName;
    const candidates = new Set(this.referringOf(type));
    if (name)
      for (const entry of this.assembly.naming(type, path, name.text, this.entry.template)) candidates.add(this.view(entry));
    return [...candidates].filter(
      (candidate) => candidate.exists && candidate.membersAt(path).some((member) => member.pointsTo(this)),
    );
  }

  /** Resources of a type that refer to this one with whatever property. */
  private referringOf(type: string): Resource[] {
    const entries = this.assembly.incoming(this.own, type);
    if (entries.length > MOST_REFERRERS) return entries.map((entry) => this.view(entry));
    this.scenario.watch?.read(this, referredBy(type));
    return entries.map((entry, index) => {
      const referrer = viewOf(entry, this.assembly, this.scenario);
      this.scenario.watch?.step(this, { type, index }, referrer);
      return referrer;
    });
  }

  private existing(entries: readonly ResourceEntry[]): Resource[] {
    return entries.map((entry) => this.view(entry)).filter((resource) => resource.exists);
  }

  /** The finding that something about the resource is wrong that no single property shows. */
  public fails(problem: string, expected: string, found = 'nothing'): Finding {
    return { kind: 'fail', resource: this, path: 'Properties', problem, found, expected };
  }
}

/** A result, and what was read for it. */
export interface Worked<T> {
  readonly result: T;
  readonly watch: Watch;
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
