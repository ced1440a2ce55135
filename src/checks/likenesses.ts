import type { Assembly, Environment } from '../model/assembly';
import { intrinsicName, isObject, type Json, own } from '../model/json';
import { hasPlainProperties } from '../model/references';
import type { ResourceEntry } from '../model/template';
import { cutRead, ENVIRONMENT, REACHED, REFERRERS, referrerIn, type Step, wayIn } from '../model/watch';
import { likenessOf } from './alike';

/** What a resource and its neighbours are like in all that rules read of them, worked out once for all rules. */
export class Likenesses {
  private readonly known = new Map<string, string | null>();
  private readonly lines = new Map<string, readonly ResourceEntry[] | null>();
  private readonly line: readonly ResourceEntry[];

  constructor(
    entry: ResourceEntry,
    private readonly assembly: Assembly,
  ) {
    this.line = [entry];
  }

  /** What is the same for resources that are alike in what a `Watch` noted; undefined where nothing is like it. */
  public of(read: string): string | undefined {
    let likeness = this.known.get(read);
    if (likeness === undefined) {
      likeness = this.find(read) ?? null;
      this.known.set(read, likeness);
    }
    return likeness ?? undefined;
  }

  /** The resource that a way leads to; undefined where it leads nowhere, or is not the only one that leads there. */
  public at(way: string): ResourceEntry | undefined {
    return this.lineTo(way)?.at(-1);
  }

  private find(read: string): string | undefined {
    const [way, what] = cutRead(read);
    const line = this.lineTo(way);
    if (!line) return undefined;
    // To have found the resource is all.
    if (what === REACHED) return '';
    const entry = line[line.length - 1];
    if (what === ENVIRONMENT) return nameOf(this.assembly.environmentOf(entry.template));
    if (what === REFERRERS) return JSON.stringify(this.assembly.referrers(entry));
    const type = referrerIn(what);
    return type === undefined ? likenessOf(line, what) : String(this.assembly.incoming(entry, type).length);
  }

  /** The resources that a way leads by, the one that it leads to last. */
  private lineTo(way: string): readonly ResourceEntry[] | undefined {
    if (way === '') return this.line;
    let line = this.lines.get(way);
    if (line === undefined) {
      line = this.findLine(way) ?? null;
      this.lines.set(way, line);
    }
    return line ?? undefined;
  }

  private findLine(way: string): readonly ResourceEntry[] | undefined {
    const { before, step } = wayIn(way);
    const line = this.lineTo(before);
    const entry = line && this.next(line[line.length - 1], step);
    return entry && isAsWritten(entry) && !this.isReached(entry) ? [...line, entry] : undefined;
  }

  /** Whether the resource is this one, or another way leads to it. */
  private isReached(entry: ResourceEntry): boolean {
    return entry === this.line[0] || [...this.lines.values()].some((line) => line?.at(-1) === entry);
  }

  private next(entry: ResourceEntry, step: Step): ResourceEntry | undefined {
    return 'path' in step ? referredAt(entry, step.path) : this.assembly.incoming(entry, step.type)[step.index];
  }
}

/** Whether a resource is created, with the properties that its template states, whatever deployment decides. */
export function isAsWritten(entry: ResourceEntry): boolean {
  const { body, template, logicalId } = entry;
  return (
    body.Condition === undefined &&
    template.parent === undefined &&
    template.unexpandedReason(logicalId) === undefined &&
    hasPlainProperties(entry)
  );
}

/** The resource of the same template that is all that a property says. */
function referredAt({ body, template }: ResourceEntry, path: readonly string[]): ResourceEntry | undefined {
  let value: Json | undefined = body.Properties;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isObject(value)) value = own(value, key);
    else return undefined;
  }
  const name = intrinsicName(value);
  const argument = name !== undefined && isObject(value) ? value[name] : undefined;
  const [id] = Array.isArray(argument) ? argument : [argument];
  return typeof id === 'string' && (name === 'Ref' || name === 'Fn::GetAtt') ? template.resources.get(id) : undefined;
}

const NAMES = new WeakMap<Environment, string>();
let environments = 0;

/** A name that no other environment of any assembly has. */
function nameOf(environment: Environment): string {
  let name = NAMES.get(environment);
  if (name === undefined) {
    name = String(++environments);
    NAMES.set(environment, name);
  }
  return name;
}
