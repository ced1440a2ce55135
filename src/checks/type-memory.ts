import type { Watch } from '../model/watch';
import type { ResourceRule, Rule } from '../rules/rule';
import type { Conclusion } from './conclude';
import { LikenessTree } from './likeness-tree';
import type { Likenesses } from './likenesses';
import { MOST_MISSES, type Remembered, saidOf, VerdictMemory } from './verdict-memory';

/** What a rule says of a resource. */
export interface Answer {
  readonly verdict: Conclusion | 'not applicable';
  /** What it read for that; not given where its verdict must not be remembered. */
  readonly watch?: Watch;
}

/** A rule, and its verdict where that is remembered. */
interface Known {
  readonly memory: VerdictMemory;
  readonly remembered?: Remembered;
}

/** A rule that came to so many verdicts without their like is not waited for. */
const SOME_MISSES = 4;

const BY_TYPE = new WeakMap<readonly Rule[], ReadonlyMap<string, TypeMemory>>();

/**
 * The rules about resources of one type, and their verdicts on those before.
 *
 * Where a resource is like another in all that the rules read, what all of them say is found at once.
 */
export class TypeMemory {
  /** The rules about resources, by their types. */
  public static of(rules: readonly Rule[]): ReadonlyMap<string, TypeMemory> {
    const known = BY_TYPE.get(rules);
    if (known) return known;
    const byType = new Map<string, ResourceRule[]>();
    for (const rule of rules) {
      if (rule.scope === 'environment') continue;
      for (const type of new Set(rule.resourceTypes)) {
        const others = byType.get(type);
        if (others) others.push(rule);
        else byType.set(type, [rule]);
      }
    }
    const memories = new Map([...byType].map(([type, each]) => [type, new TypeMemory(each, type)]));
    BY_TYPE.set(rules, memories);
    return memories;
  }

  private readonly memories: readonly VerdictMemory[];
  private readonly together = new LikenessTree<readonly Known[]>();
  private misses = 0;

  private constructor(
    /** In their order. */
    public readonly rules: readonly ResourceRule[],
    type: string,
  ) {
    this.memories = rules.map((rule) => VerdictMemory.of(rule, type));
  }

  /**
   * What the rules say of a resource, in their order; those that are not about it may be left out.
   *
   * @param ask tells what a rule says whose verdict is not remembered.
   */
  public judge<A extends Answer>(likenesses: Likenesses, ask: (rule: ResourceRule) => A): [ResourceRule, A['verdict']][] {
    const together = this.together.find(likenesses);
    this.misses = together ? 0 : this.misses + 1;
    const known = together ?? this.memories.map((memory): Known => ({ memory, remembered: memory.recall(likenesses) }));
    let isAllKnown = together === undefined && this.misses <= MOST_MISSES;
    const verdicts = known.map(({ memory, remembered }): [ResourceRule, A['verdict']] => {
      const { rule } = memory;
      const found = remembered ?? (together && memory.recall(likenesses));
      if (found) return [rule, saidOf(likenesses, found)];
      const { verdict, watch } = ask(rule);
      const isLearned = watch !== undefined && memory.learn(watch, likenesses, verdict);
      if (isLearned && memory.recentMisses <= SOME_MISSES) isAllKnown = false;
      return [rule, verdict];
    });
    if (isAllKnown) this.learn(known, likenesses);
    return verdicts;
  }

  private learn(known: readonly Known[], likenesses: Likenesses): void {
    const reads = new Set(known.flatMap(({ remembered }) => remembered?.reads ?? []));
    const concerned = known.filter(({ remembered }) => remembered?.verdict !== 'not applicable');
    this.together.keep([...reads], likenesses, concerned);
  }
}
