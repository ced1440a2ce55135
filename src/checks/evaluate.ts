import type { Assembly, Environment } from '../model/assembly';
import { EnvironmentView } from '../model/environment-view';
import type { Finding, Note, Observation } from '../model/observation';
import { type Resource, viewOf } from '../model/resource';
import { type Explored, explore, Scenario } from '../model/scenario';
import type { ResourceEntry, Template } from '../model/template';
import { transformedType } from '../model/transforms';
import type { Watch } from '../model/watch';
import type { EnvironmentRule, ResourceRule, Rule } from '../rules/rule';
import { type Conclusion, conclude, concludeOne, notAllTried, type Outcome } from './conclude';
import { isAsWritten, Likenesses } from './likenesses';
import { TypeMemory } from './type-memory';

export type { Outcome } from './conclude';

/** One rule, judged on one resource or environment. */
export interface Evaluation {
  readonly rule: Rule;
  readonly environment: Environment;
  /** The resource; none for a rule about the environment. */
  readonly entry?: ResourceEntry;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** Set when the rule itself broke: the outcome is then `undetermined` and synthesis must not pass. */
  readonly crash?: string;
}

/**
 * Judge every environment by the rules about environments, and every resource by every rule of its type.
 *
 * Environments come first, then templates and their resources, each in the order of their names; rules come as they are given.
 */
export function* evaluate(assembly: Assembly, rules: readonly Rule[]): Generator<readonly Evaluation[]> {
  for (const environment of [...assembly.environments].sort((a, b) => compare(a.id, b.id))) {
    if (environment.templates.every((template) => template.resources.size === 0)) continue;
    const judge = new EnvironmentJudge(environment, assembly);
    yield rules.flatMap((rule) => (rule.scope === 'environment' ? judge.evaluate(rule) : []));
  }
  const byType = TypeMemory.of(rules);
  const judges = new Map(assembly.templates.map((template) => [template, new TemplateJudge(template, assembly)]));
  const entries = [...assembly.resources].sort(
    (a, b) => compare(a.template.path, b.template.path) || compare(a.logicalId, b.logicalId),
  );
  for (const entry of entries) yield judges.get(entry.template)!.evaluate(entry, byType);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is expected of a resource that only a transform at deployment makes what it will be. */
export const EXPANDED = 'an expanded template';

interface Verdict extends Conclusion {
  readonly crash?: string;
}

type RuleVerdict = [rule: Rule, verdict: Verdict | 'not applicable'];

type Attempt = readonly Observation[] | 'not applicable' | Crash;

interface Crash {
  readonly crash: string;
}

/** Judges the resources of one template, which share what was found out where no condition and no parameter matters. */
class TemplateJudge {
  private readonly environment: Environment;
  private common = new Scenario();

  constructor(
    template: Template,
    private readonly assembly: Assembly,
  ) {
    this.environment = assembly.environmentOf(template);
  }

  public evaluate(entry: ResourceEntry, byType: ReadonlyMap<string, TypeMemory>): Evaluation[] {
    const verdicts = this.verdicts(entry, byType.get(entry.type));
    const transformed = transformedType(entry.type);
    if (transformed !== undefined) verdicts.push(...this.whenTransformed(entry, byType.get(transformed)));
    const evaluations: Evaluation[] = [];
    for (const [rule, verdict] of verdicts)
      if (verdict !== 'not applicable') evaluations.push(this.evaluation(rule, entry, verdict));
    return evaluations;
  }

  private verdicts(entry: ResourceEntry, memory: TypeMemory | undefined): RuleVerdict[] {
    if (!memory) return [];
    if (isAsWritten(entry)) return memory.judge(new Likenesses(entry, this.assembly), (rule) => this.judgeWatching(entry, rule));
    const reason = entry.template.unexpandedReason(entry.logicalId);
    return memory.rules.map((rule) => [rule, this.judge(entry, rule, reason)]);
  }

  /** What rules say about the type that a resource has once it is expanded, and that do not know the type that it has now. */
  private whenTransformed(entry: ResourceEntry, memory: TypeMemory | undefined): RuleVerdict[] {
    const because = `'${entry.type}' is expanded at deployment`;
    return (memory?.rules ?? [])
      .filter((rule) => !rule.resourceTypes.includes(entry.type))
      .map((rule) => [rule, this.judge(entry, { ...rule, applies: undefined }, because)]);
  }

  private evaluation(rule: Rule, entry: ResourceEntry, { outcome, findings, notes, crash }: Verdict): Evaluation {
    const evaluation = { rule, environment: this.environment, entry, outcome, findings, notes, crash };
    return outcome === 'missing' ? unlessElsewhere(evaluation, this.assembly) : evaluation;
  }

  /** Judge, and tell what was read for that, unless there are other scenarios or the rule breaks. */
  private judgeWatching(entry: ResourceEntry, rule: ResourceRule): { verdict: Verdict | 'not applicable'; watch?: Watch } {
    const resource = viewOf(entry, this.assembly, this.common);
    const { result, watch } = resource.watching(() => attemptRule(rule, resource, undefined));
    if (!this.common.isOnly) return { verdict: this.judge(entry, rule, undefined) };
    if (result === 'not applicable') return { verdict: result, watch };
    return 'crash' in result ? { verdict: crashed(result) } : { verdict: concludeOne(result), watch };
  }

  private judge(entry: ResourceEntry, rule: ResourceRule, reason: string | undefined): Verdict | 'not applicable' {
    const attempt = (scenario: Scenario) => attemptRule(rule, viewOf(entry, this.assembly, scenario), reason);
    if (!this.common.isOnly) this.common = new Scenario();
    const result = attempt(this.common);
    if (this.common.isOnly) return result === 'not applicable' ? result : verdictOf(result);
    this.common = new Scenario();
    const explored = explore(attempt);
    const applies = explored.results.some((each) => each.result !== 'not applicable' && !each.scenario.isMoot);
    if (applies) return concludeUnlessBroken(explored);
    return explored.complete ? 'not applicable' : { outcome: 'undetermined', findings: [notAllTried()], notes: [] };
  }
}

/** @param reason why only deployment knows what the resource will be. */
function attemptRule(rule: ResourceRule, resource: Resource, reason: string | undefined): Attempt {
  try {
    if (!resource.exists || rule.applies?.(resource) === false) return 'not applicable';
    return reason === undefined ? checked(rule.check(resource)) : [unexpanded(reason, resource.entry)];
  } catch (error) {
    return brokenBy(error);
  }
}

/** Judges one environment by rules that share what was found out where no condition and no parameter matters. */
class EnvironmentJudge {
  private common = new Scenario();

  constructor(
    private readonly environment: Environment,
    private readonly assembly: Assembly,
  ) {}

  public evaluate(rule: EnvironmentRule): Evaluation {
    const evaluation: Evaluation = { rule, environment: this.environment, ...this.judge(rule) };
    return evaluation.outcome === 'pass' ? unlessUnread(evaluation) : unlessElsewhere(evaluation, this.assembly);
  }

  private judge(rule: EnvironmentRule): Verdict {
    const attempt = (scenario: Scenario) => this.attempt(rule, scenario);
    const result = attempt(this.common);
    if (this.common.isOnly) return verdictOf(result);
    this.common = new Scenario();
    return concludeUnlessBroken(explore(attempt));
  }

  private attempt(rule: EnvironmentRule, scenario: Scenario): readonly Observation[] | Crash {
    try {
      return checked(rule.check(new EnvironmentView(this.environment, this.assembly, scenario)));
    } catch (error) {
      return brokenBy(error);
    }
  }
}

/** What is missing here may be in a template that is not here, or that is not read. */
function unlessElsewhere(evaluation: Evaluation, assembly: Assembly): Evaluation {
  if (evaluation.outcome !== 'missing') return evaluation;
  const unread = firstUnread(evaluation.environment);
  if (assembly.whole && unread === undefined) return evaluation;
  const reason = unread ?? 'other templates of the environment are not among these';
  const findings = evaluation.findings.map((finding): Finding => ({ ...finding, problem: `${finding.problem}; ${reason}` }));
  return { ...evaluation, outcome: 'undetermined', findings };
}

/** What makes an environment right is not known to do so while only deployment knows what becomes of it. */
function unlessUnread(evaluation: Evaluation): Evaluation {
  const findings = evaluation.notes.flatMap(({ resource }) => {
    const reason = resource?.entry.template.unexpandedReason(resource.logicalId);
    return resource === undefined || reason === undefined ? [] : [{ ...unexpanded(reason, resource.entry), resource }];
  });
  return findings.length === 0 ? evaluation : { ...evaluation, outcome: 'undetermined', findings };
}

const UNREAD = new WeakMap<Environment, { readonly reason?: string }>();

function firstUnread(environment: Environment): string | undefined {
  let unread = UNREAD.get(environment);
  if (!unread) {
    const reasons = environment.templates.flatMap((each) => each.unexpanded ?? [...each.unexpandedResources.values()]);
    unread = { reason: reasons[0] };
    UNREAD.set(environment, unread);
  }
  return unread.reason;
}

function unexpanded(reason: string, { type }: ResourceEntry): Finding {
  return { kind: 'undetermined', path: 'Type', problem: reason, found: type, expected: EXPANDED };
}

/** What a rule says, or how it broke: a rule that breaks must neither pass nor keep others from being judged. */
function checked(result: readonly Observation[]): readonly Observation[] | Crash {
  return Array.isArray(result) && result.every(isObservation)
    ? result
    : { crash: 'it answered with something that is no list of findings' };
}

function brokenBy(error: unknown): Crash {
  return { crash: error instanceof Error ? error.message : String(error) };
}

const KINDS: ReadonlySet<unknown> = new Set<Observation['kind']>(['fail', 'missing', 'note', 'undetermined']);

function isObservation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && KINDS.has(value.kind);
}

function concludeUnlessBroken(explored: Explored<Attempt>): Verdict {
  const results: { scenario: Scenario; result: readonly Observation[] }[] = [];
  for (const { scenario, result } of explored.results) {
    if (typeof result === 'object' && 'crash' in result) return crashed(result);
    results.push({ scenario, result: result === 'not applicable' ? [] : result });
  }
  return conclude({ ...explored, results });
}

function verdictOf(result: readonly Observation[] | Crash): Verdict {
  return 'crash' in result ? crashed(result) : concludeOne(result);
}

function crashed({ crash }: Crash): Verdict {
  const finding: Finding = {
    kind: 'undetermined',
    problem: `the rule broke: ${crash}`,
    found: 'an error',
    expected: 'a verdict',
  };
  return { outcome: 'undetermined', findings: [finding], notes: [], crash };
}
