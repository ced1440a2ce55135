import type { Finding, Note } from '../model/observation';
import type { Watch } from '../model/watch';
import type { ResourceRule, Rule } from '../rules/rule';
import type { Conclusion } from './conclude';
import { LikenessTree } from './likeness-tree';
import type { Likenesses } from './likenesses';

/** A verdict of which no resource is kept. */
export interface Remembered {
  readonly reads: readonly string[];
  readonly verdict: Conclusion | 'not applicable';
  /** The ways to the resources that its findings are about, and then those of its notes. */
  readonly ways: readonly (string | undefined)[];
}

/** After so many resources of which none was like an earlier one, the rule is taken for one whose verdicts are all different. */
export const MOST_MISSES = 64;

const MEMORIES = new WeakMap<Rule, Map<string, VerdictMemory>>();

/**
 * The verdicts of one rule on resources of one type, by what it read of them and their neighbours.
 *
 * A rule is a pure function: it comes to the same verdict when it reads the same. An app has many resources that are alike in
 * what a rule looks at, so that most verdicts are known before the rule is asked.
 */
export class VerdictMemory {
  /** The memory of a rule and a type; it outlives the assembly that is judged. */
  public static of(rule: ResourceRule, type: string): VerdictMemory {
    const byType = MEMORIES.get(rule) ?? new Map<string, VerdictMemory>();
    MEMORIES.set(rule, byType);
    const memory = byType.get(type) ?? new VerdictMemory(rule);
    byType.set(type, memory);
    return memory;
  }

  private readonly verdicts = new LikenessTree<Remembered>();
  private misses = 0;

  constructor(public readonly rule: ResourceRule) {}

  /** How many resources there were since one was like an earlier one. */
  public get recentMisses(): number {
    return this.misses;
  }

  /** The verdict on resources that read the same as this one. */
  public recall(likenesses: Likenesses): Remembered | undefined {
    const found = this.verdicts.find(likenesses);
    if (found) this.misses = 0;
    return found;
  }

  /** Remember a verdict, when what was read is all there is to it; tells whether it is remembered. */
  public learn(watch: Watch, likenesses: Likenesses, verdict: Conclusion | 'not applicable'): boolean {
    if (this.misses > MOST_MISSES) return false;
    this.misses++;
    const remembered = withoutResources(verdict, watch, likenesses);
    return remembered !== undefined && this.verdicts.keep(remembered.reads, likenesses, remembered);
  }
}

/** A verdict with ways in place of resources; undefined when more was read, or not every resource is found by its way. */
function withoutResources(
  verdict: Conclusion | 'not applicable',
  { reads, neighbours }: Watch,
  likenesses: Likenesses,
): Remembered | undefined {
  if (!reads) return undefined;
  const ways = new Map([[likenesses.at(''), '']]);
  for (const [neighbour, way] of neighbours) {
    if (likenesses.at(way) !== neighbour.entry) return undefined;
    ways.set(neighbour.entry, way);
  }
  if (verdict === 'not applicable') return { reads, verdict, ways: [] };
  const { outcome, findings, notes } = verdict;
  const places = [...findings, ...notes].map(({ resource }) => resource);
  if (places.some((place) => place && !ways.has(place.entry))) return undefined;
  const unplaced = <T extends Finding | Note>(each: T): T => ({ ...each, resource: undefined });
  return {
    reads,
    verdict: { outcome, findings: findings.map(unplaced), notes: notes.map(unplaced) },
    ways: places.map((place) => place && ways.get(place.entry)),
  };
}

/** A verdict, said of the resources that its ways lead to. */
export function saidOf(likenesses: Likenesses, { verdict, ways }: Remembered): Conclusion | 'not applicable' {
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
