import type { Resource } from './resource';

/** Read of a resource when its environment was looked at. */
export const ENVIRONMENT = '';

/** Read of a neighbour when it was reached. */
export const REACHED = '!';

/** A step to a neighbour: one of those of a type who refer to the resource, or whom its property at a path refers to. */
export type Step = { readonly type: string; readonly index: number } | { readonly path: readonly string[] };

// No type or path begins with one of these, or has the last in it; what a property is called is looked at.
const REFERRED = '<';
const FOLLOWED = '>';
const END = '|';

/** Read of a resource when it was asked of what types those are who refer to it. */
export const REFERRERS = REFERRED;

/** Read of a resource when it was asked who of a type refers to it. */
export function referredBy(type: string): string {
  return REFERRED + type;
}

/** The type in what `referredBy` returned. */
export function referrerIn(read: string): string | undefined {
  return read.startsWith(REFERRED) ? read.slice(REFERRED.length) : undefined;
}

/** The way to a resource and what was read of it. */
export function cutRead(read: string): [way: string, what: string] {
  const end = read.lastIndexOf(END) + 1;
  return [read.slice(0, end), read.slice(end)];
}

/** A way that leads somewhere: a way, and one more step. */
interface Way {
  readonly before: string;
  readonly step: Step;
}

/** They are asked for again and again. */
const WAYS = new Map<string, Way>();

/** What a way to a neighbour is made of. */
export function wayIn(written: string): Way {
  let way = WAYS.get(written);
  if (!way) {
    way = readWay(written);
    WAYS.set(written, way);
  }
  return way;
}

function readWay(written: string): Way {
  const [before, step] = cutRead(written.slice(0, -END.length));
  if (step.startsWith(FOLLOWED)) return { before, step: { path: step.slice(FOLLOWED.length).split('.') } };
  const [index, type] = step.slice(REFERRED.length).split(' ');
  return { before, step: { type, index: Number(index) } };
}

function written(step: Step): string {
  return ('path' in step ? FOLLOWED + step.path.join('.') : `${REFERRED}${step.index} ${step.type}`) + END;
}

/** Who reads more is not compared with others. */
const MOST_READS = 64;

/**
 * Notes what is read of a resource, and of the neighbours that it leads to.
 *
 * Who reads nothing else comes to the same result for any resource that is alike in all that was read, and whose neighbours
 * are. Everything that tells one such resource from another, or looks elsewhere, is noted by `single`.
 */
export class Watch {
  private readonly noted: string[] = [];
  private ways?: Map<Resource, string>;
  private isSingled = false;

  constructor(private readonly subject: Resource) {}

  /** All that was read, in the order of its first reading: a way, and what `Resource` notes; undefined when more was read. */
  public get reads(): readonly string[] | undefined {
    return this.isSingled ? undefined : this.noted;
  }

  /** The neighbours that were reached, with the ways to them. */
  public get neighbours(): Iterable<readonly [Resource, string]> {
    return this.ways ?? [];
  }

  /** Note that what follows is true of this resource, and maybe of no other. */
  public single(): void {
    this.isSingled = true;
  }

  /** Note that a property of a resource was read. */
  public property(resource: Resource, name: string): void {
    if (/^\w+$/.test(name)) this.read(resource, name);
    else this.isSingled = true;
  }

  /** Note that something else was read of a resource. */
  public read(resource: Resource, what: string): void {
    const way = this.wayTo(resource);
    if (way === undefined) this.isSingled = true;
    else this.note(way + what);
  }

  /** Note that a resource led to another. */
  public step(resource: Resource, step: Step, neighbour: Resource): void {
    const way = this.wayTo(resource);
    if (way === undefined) this.isSingled = true;
    else this.reach(neighbour, way + written(step));
  }

  /** Whether the way to one resource leads by way of another: what refers to that is then told from what refers to others. */
  public leadsBy(resource: Resource, other: Resource): boolean {
    const [way, before] = [this.wayTo(resource), this.wayTo(other)];
    return way !== undefined && before !== undefined && way.startsWith(before);
  }

  /** Note all that was noted while something was worked out for a resource. */
  public include({ subject, noted, ways, isSingled }: Watch): void {
    const way = this.wayTo(subject);
    if (way === undefined || isSingled) {
      this.isSingled = true;
      return;
    }
    for (const read of noted) this.note(way + read);
    for (const [neighbour, rest] of ways ?? []) this.reach(neighbour, way + rest);
  }

  private wayTo(resource: Resource): string | undefined {
    return resource === this.subject ? '' : this.ways?.get(resource);
  }

  /** Whoever is reached in two ways may be compared with itself, and found to be the same. */
  private reach(neighbour: Resource, way: string): void {
    if (this.isSingled) return;
    this.ways ??= new Map();
    const known = this.wayTo(neighbour);
    if (known === undefined) {
      this.ways.set(neighbour, way);
      this.note(way + REACHED);
    } else if (known !== way) this.isSingled = true;
  }

  private note(read: string): void {
    if (this.isSingled || this.noted.includes(read)) return;
    if (this.noted.length < MOST_READS) this.noted.push(read);
    else this.isSingled = true;
  }
}
