import type { Finding, Note } from '../model/observation';
import type { Watch } from '../model/watch';
import type { Rule } from '../rules/rule';
import type { Conclusion } from './conclude';
import type { Likenesses } from './likenesses';

/** What is remembered of a rule and a resource; `not applicable` when the rule is not about it. */
export type Remembered = Conclusion | 'not applicable';

const MEMORIES = new WeakMap<Rule, Map<string, VerdictMemory>>();

/** After so many resources of which none was like an earlier one, the rule is taken for one whose verdicts are all different. */
const MOST_MISSES = 64;

/** What comes next when a resource is compared with those before: something to look at, and where each of its values leads. */
interface Comparison {
  readonly read: string;
  readonly byLikeness: Map<string, Comparison | Leaf>;
}

/** A verdict of which no resource is kept. */
interface Leaf {
  readonly verdict: Remembered;
  /** The ways to the resources that its findings are about, and then those of its notes. */
  readonly ways: readonly (string | undefined)[];
}

/**
 * The verdicts of one rule on resources of one type, by what it read of them and their neighbours.
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

  private root?: Comparison | Leaf;
  private misses = 0;

  /** The verdict on a resource that reads the same as one before it. */
  public recall(likenesses: Likenesses): Remembered | undefined {
    let place = this.root;
    while (place && 'read' in place) {
      const likeness = likenesses.of(place.read);
      place = likeness === undefined ? undefined : place.byLikeness.get(likeness);
    }
    if (!place) return undefined;
    this.misses = 0;
    return said(place, likenesses);
  }

  /** Remember a verdict, when what was read is all there is to it. */
  public learn(watch: Watch, likenesses: Likenesses, verdict: Remembered): void {
    const { reads } = watch;
    if (!reads || this.misses > MOST_MISSES) return;
    this.misses++;
    const leaf = leafOf(verdict, watch, likenesses);
    if (leaf) this.root = this.grow(this.root, reads, 0, likenesses, leaf) ?? this.root;
  }

  private grow(
    place: Comparison | Leaf | undefined,
    reads: readonly string[],
    index: number,
    likenesses: Likenesses,
    leaf: Leaf,
  ): Comparison | Leaf | undefined {
    if (index === reads.length) return place ?? leaf;
    const comparison = place ?? { read: reads[index], byLikeness: new Map() };
    // A pure rule reads the same first; one that does not is not remembered.
    if (!('read' in comparison) || comparison.read !== reads[index]) return undefined;
    const likeness = likenesses.of(comparison.read);
    if (likeness === undefined) return undefined;
    const next = this.grow(comparison.byLikeness.get(likeness), reads, index + 1, likenesses, leaf);
    if (next) comparison.byLikeness.set(likeness, next);
    return comparison;
  }
}

/** A verdict with ways in place of resources; undefined when not every resource is found by its way. */
function leafOf(verdict: Remembered, { neighbours }: Watch, likenesses: Likenesses): Leaf | undefined {
  const ways = new Map([[likenesses.at(''), '']]);
  for (const [neighbour, way] of neighbours) {
    if (likenesses.at(way) !== neighbour.entry) return undefined;
    ways.set(neighbour.entry, way);
  }
  if (verdict === 'not applicable') return { verdict, ways: [] };
  const { outcome, findings, notes } = verdict;
  const places = [...findings, ...notes].map(({ resource }) => resource);
  if (places.some((place) => place && !ways.has(place.entry))) return undefined;
  const unplaced = <T extends Finding | Note>(each: T): T => ({ ...each, resource: undefined });
  return {
    verdict: { outcome, findings: findings.map(unplaced), notes: notes.map(unplaced) },
    ways: places.map((place) => place && ways.get(place.entry)),
  };
}

/** A verdict, said of the resources that ways lead to. */
function said({ verdict, ways }: Leaf, likenesses: Likenesses): Remembered {
  if (verdict === 'not applicable' || ways.length === 0) return verdict;
  const { outcome, findings, notes } = verdict;
  const placed = <T extends Finding | Note>(each: T, index: number): T => {
    const way = ways[index];
    const entry = way === undefined ? undefined : likenesses.at(way);
    return entry ? { ...each, resource: { entry, logicalId: entry.logicalId } } : each;
  };
  return {
    outcome,
    findings: findings.map(placed),
    notes: notes.map((note, index) => placed(note, findings.length + index)),
  };
}
