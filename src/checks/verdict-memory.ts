import type { Assembly, Environment } from '../model/assembly';
import type { Finding, Note, Place } from '../model/observation';
import { ENVIRONMENT, unreferredIn } from '../model/resource';
import type { ResourceEntry } from '../model/template';
import type { Rule } from '../rules/rule';
import { likenessOf } from './alike';
import type { Conclusion } from './conclude';

/** What is remembered of a rule and a resource; `not applicable` when the rule is not about it. */
export type Remembered = Conclusion | 'not applicable';

const MEMORIES = new WeakMap<Rule, Map<string, VerdictMemory>>();

/** What is remembered is about no resource, and holds on to none. */
const NOBODY = {} as Place;

/** After so many resources of which none was like an earlier one, the rule is taken for one whose verdicts are all different. */
const MOST_MISSES = 64;

/** What comes next when a resource is compared with those before: a property to look at, and where each of its values leads. */
interface Step {
  readonly property: string;
  readonly byLikeness: Map<string, Step | Leaf>;
}

interface Leaf {
  readonly verdict: Remembered;
}

/**
 * The verdicts of one rule on resources of one type, by the properties that it read.
 *
 * A rule is a pure function: it comes to the same verdict when it reads the same. An app has many resources that are alike in
 * what a rule looks at, so that most verdicts are known before the rule is asked.
 */
export class VerdictMemory {
  /** The memory of a rule and a type; it outlives the assembly that is judged. */
  public static of(rule: Rule, type: string): VerdictMemory {
    const byType = MEMORIES.get(rule) ?? new Map<string, VerdictMemory>();
    MEMORIES.set(rule, byType);
    const memory = byType.get(type) ?? new VerdictMemory();
    byType.set(type, memory);
    return memory;
  }

  private root?: Step | Leaf;
  private misses = 0;

  /** The verdict on a resource that reads the same as one before it. */
  public recall(entry: ResourceEntry, likenesses: Likenesses): Remembered | undefined {
    let place = this.root;
    while (place && 'property' in place) {
      const likeness = likenesses.of(place.property);
      place = likeness === undefined ? undefined : place.byLikeness.get(likeness);
    }
    if (!place) return undefined;
    this.misses = 0;
    return said(place.verdict, { entry, logicalId: entry.logicalId });
  }

  /** Remember a verdict, when the properties that were read are all there is to it. */
  public learn(reads: readonly string[] | undefined, likenesses: Likenesses, verdict: Remembered): void {
    if (!reads || this.misses > MOST_MISSES) return;
    this.misses++;
    this.root = this.grow(this.root, reads, 0, likenesses, said(verdict, NOBODY)) ?? this.root;
  }

  private grow(
    place: Step | Leaf | undefined,
    reads: readonly string[],
    index: number,
    likenesses: Likenesses,
    verdict: Remembered,
  ): Step | Leaf | undefined {
    if (index === reads.length) return place ?? { verdict };
    const step = place ?? { property: reads[index], byLikeness: new Map() };
    // A pure rule reads the same first; one that does not is not remembered.
    if (!('property' in step) || step.property !== reads[index]) return undefined;
    const likeness = likenesses.of(step.property);
    if (likeness === undefined) return undefined;
    const next = this.grow(step.byLikeness.get(likeness), reads, index + 1, likenesses, verdict);
    if (next) step.byLikeness.set(likeness, next);
    return step;
  }
}

/** What a resource is like in all that rules read of it, worked out once for all of them. */
export class Likenesses {
  private readonly known = new Map<string, string | undefined>();

  constructor(
    private readonly entry: ResourceEntry,
    private readonly assembly: Assembly,
  ) {}

  /** What is the same for resources that are alike in what `Resource.watched` names; undefined where nothing is like it. */
  public of(read: string): string | undefined {
    let likeness = this.known.get(read);
    if (likeness === undefined && !this.known.has(read)) {
      likeness = this.find(read);
      this.known.set(read, likeness);
    }
    return likeness;
  }

  private find(read: string): string | undefined {
    const { entry, assembly } = this;
    if (read === ENVIRONMENT) return nameOf(assembly.environmentOf(entry.template));
    const referrer = unreferredIn(read);
    if (referrer !== undefined) return assembly.incoming(entry, referrer).length === 0 ? '' : undefined;
    return likenessOf(entry, read);
  }
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

/** A verdict, said of a resource. */
function said(verdict: Remembered, about: Place): Remembered {
  if (verdict === 'not applicable' || (verdict.findings.length === 0 && verdict.notes.length === 0)) return verdict;
  const moved = <T extends Finding | Note>(each: T): T => (each.resource ? { ...each, resource: about } : each);
  return { outcome: verdict.outcome, findings: verdict.findings.map(moved), notes: verdict.notes.map(moved) };
}
