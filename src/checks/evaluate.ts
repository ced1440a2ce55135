import type { Assembly, Environment } from '../model/assembly';
import { EnvironmentView } from '../model/environment-view';
import type { Finding, Note, Observation } from '../model/observation';
import { viewOf } from '../model/resource';
import { type Explored, explore, Scenario } from '../model/scenario';
import type { ResourceEntry, Template } from '../model/template';
import { transformedType } from '../model/transforms';
import type { EnvironmentRule, ResourceRule, Rule } from '../rules/rule';
import { type Conclusion, conclude, notAllTried, type Outcome } from './conclude';

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

/** Judge every resource by every rule of its type, and every environment by the rules about environments. */
export function* evaluate(assembly: Assembly, rules: readonly Rule[]): Generator<Evaluation> {
  const byType = new Map<string, ResourceRule[]>();
  for (const rule of rules) {
    if (rule.scope === 'environment') continue;
    for (const type of new Set(rule.resourceTypes)) {
      const others = byType.get(type);
      if (others) others.push(rule);
      else byType.set(type, [rule]);
    }
  }
  for (const entry of assembly.resources) {
    for (const evaluation of evaluateResource(entry, byType, assembly)) yield evaluation;
  }
  for (const rule of rules) {
    if (rule.scope !== 'environment') continue;
    for (const environment of assembly.environments) {
      if (environment.templates.some((template) => template.resources.size > 0))
        yield evaluateEnvironment(rule, environment, assembly);
    }
  }
}

/** What is expected of a resource that only a transform at deployment makes what it will be. */
export const EXPANDED = 'an expanded template';

type Attempt = readonly Observation[] | 'not applicable' | Crash;

interface Crash {
  readonly crash: string;
}

function evaluateResource(
  entry: ResourceEntry,
  byType: ReadonlyMap<string, readonly ResourceRule[]>,
  assembly: Assembly,
): Evaluation[] {
  const evaluations: Evaluation[] = [];
  const environment = assembly.environmentOf(entry.template);
  // Where no condition and no parameter matters, the rules share what was found out about the resource.
  let common = new Scenario();
  for (const rule of byType.get(entry.type) ?? []) {
    const conclusion = judge(rule, entry, assembly, common);
    if (!common.isOnly) common = new Scenario();
    if (conclusion) evaluations.push(unlessElsewhere({ rule, environment, entry, ...conclusion }, assembly));
  }
  const transformed = transformedType(entry.type);
  const reason = `'${entry.type}' is expanded at deployment`;
  for (const rule of (transformed !== undefined && byType.get(transformed)) || []) {
    if (rule.resourceTypes.includes(entry.type)) continue;
    const conclusion = judge(
      { ...rule, applies: undefined, check: () => [unexpanded(reason, entry)] },
      entry,
      assembly,
      new Scenario(),
    );
    if (conclusion) evaluations.push({ rule, environment, entry, ...conclusion });
  }
  return evaluations;
}

/** Undefined when the rule does not apply to the resource. */
function judge(
  rule: ResourceRule,
  entry: ResourceEntry,
  assembly: Assembly,
  common: Scenario,
): (Conclusion & { crash?: string }) | undefined {
  const reason = unexpandedReason(entry);
  const explored = explore(
    (scenario) =>
      guarded(() => {
        const resource = viewOf(entry, assembly, scenario);
        if (!resource.exists || rule.applies?.(resource) === false) return 'not applicable';
        return reason === undefined ? rule.check(resource) : [unexpanded(reason, entry)];
      }),
    common,
  );
  const applies = explored.results.some(({ scenario, result }) => result !== 'not applicable' && !scenario.isMoot);
  if (applies) return concludeUnlessBroken(explored);
  return explored.complete ? undefined : { outcome: 'undetermined', findings: [notAllTried()], notes: [] };
}

function evaluateEnvironment(rule: EnvironmentRule, environment: Environment, assembly: Assembly): Evaluation {
  const explored = explore((scenario) => guarded(() => rule.check(new EnvironmentView(environment, assembly, scenario))));
  const evaluation: Evaluation = { rule, environment, ...concludeUnlessBroken(explored) };
  return evaluation.outcome === 'pass' ? unlessUnread(evaluation) : unlessElsewhere(evaluation, assembly);
}

/** What is missing here may be in a template that is not here, or that is not read. */
function unlessElsewhere(evaluation: Evaluation, assembly: Assembly): Evaluation {
  if (evaluation.outcome !== 'missing') return evaluation;
  const unread = firstUnread(evaluation.environment.templates);
  if (assembly.whole && unread === undefined) return evaluation;
  const reason = unread ?? 'other templates of the environment are not among these';
  const findings = evaluation.findings.map((finding): Finding => ({ ...finding, problem: `${finding.problem}; ${reason}` }));
  return { ...evaluation, outcome: 'undetermined', findings };
}

/** What makes an environment right is not known to do so while only deployment knows what becomes of it. */
function unlessUnread(evaluation: Evaluation): Evaluation {
  const findings = evaluation.notes.flatMap(({ resource }) => {
    const reason = resource && unexpandedReason(resource.entry);
    return resource === undefined || reason === undefined ? [] : [{ ...unexpanded(reason, resource.entry), resource }];
  });
  return findings.length === 0 ? evaluation : { ...evaluation, outcome: 'undetermined', findings };
}

function firstUnread(templates: readonly Template[]): string | undefined {
  for (const { unexpanded: reason, unexpandedResources } of templates) {
    const first = reason ?? [...unexpandedResources.values()][0];
    if (first !== undefined) return first;
  }
  return undefined;
}

/** Why only deployment knows what becomes of a resource. */
function unexpandedReason({ template, logicalId }: ResourceEntry): string | undefined {
  return template.unexpanded ?? template.unexpandedResources.get(logicalId);
}

function unexpanded(reason: string, { type }: ResourceEntry): Finding {
  return { kind: 'undetermined', path: 'Type', problem: reason, found: type, expected: EXPANDED };
}

/** What a rule says, or how it broke: a rule that breaks must neither pass nor keep others from being judged. */
function guarded(attempt: () => Attempt): Attempt {
  try {
    const result = attempt();
    if (result === 'not applicable' || (Array.isArray(result) && result.every(isObservation))) return result;
    return { crash: 'it answered with something that is no list of findings' };
  } catch (error) {
    return { crash: error instanceof Error ? error.message : String(error) };
  }
}

const KINDS: ReadonlySet<unknown> = new Set<Observation['kind']>(['fail', 'missing', 'note', 'undetermined']);

function isObservation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && KINDS.has(value.kind);
}

function concludeUnlessBroken(explored: Explored<Attempt>): Conclusion & { crash?: string } {
  const results: { scenario: Scenario; result: readonly Observation[] }[] = [];
  for (const { scenario, result } of explored.results) {
    if (typeof result === 'object' && 'crash' in result) {
      const { crash } = result;
      const problem = `the rule broke: ${crash}`;
      const finding: Finding = { kind: 'undetermined', problem, found: 'an error', expected: 'a verdict' };
      return { outcome: 'undetermined', findings: [finding], notes: [], crash };
    }
    results.push({ scenario, result: result === 'not applicable' ? [] : result });
  }
  return conclude({ ...explored, results });
}
