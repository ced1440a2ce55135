import type { Assembly, Environment } from '../model/assembly';
import { EnvironmentView } from '../model/environment-view';
import type { Finding, Note, Observation } from '../model/observation';
import { Resource } from '../model/resource';
import { type Explored, explore, MOST_SCENARIOS, type Scenario } from '../model/scenario';
import type { ResourceEntry } from '../model/template';
import { transformedType } from '../model/transforms';
import type { EnvironmentRule, ResourceRule, Rule } from '../rules/rule';

/** What synthesis can say of a rule and a resource, before exceptions. */
export type Outcome = 'pass' | 'fail' | 'undetermined' | 'missing';

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
  for (const rule of rules) {
    if (rule.scope === 'environment') {
      for (const environment of assembly.environments) {
        if (environment.templates.some((template) => template.resources.size > 0))
          yield evaluateEnvironment(rule, environment, assembly);
      }
    } else {
      for (const type of rule.resourceTypes) {
        for (const entry of assembly.ofType(type)) {
          const evaluation = evaluateResource(rule, entry, assembly);
          if (evaluation) yield evaluation;
        }
        for (const transformed of assembly.types) {
          if (transformedType(transformed) !== type) continue;
          for (const entry of assembly.ofType(transformed))
            yield unexpanded(rule, entry, assembly, `'${transformed}' is expanded at deployment`);
        }
      }
    }
  }
}

/** What is expected of a resource that only a transform at deployment makes what it will be. */
export const EXPANDED = 'an expanded template';

type Attempt = readonly Observation[] | 'not applicable' | Crash;

interface Crash {
  readonly crash: string;
}

function evaluateResource(rule: ResourceRule, entry: ResourceEntry, assembly: Assembly): Evaluation | undefined {
  const reason = entry.template.unexpanded ?? entry.template.unexpandedResources.get(entry.logicalId);
  const attempt = (scenario: Scenario): Attempt => {
    const resource = new Resource(entry, assembly, scenario);
    if (!resource.exists || rule.applies?.(resource) === false) return 'not applicable';
    return rule.check(resource);
  };
  const explored = explore((scenario) => guarded(() => attempt(scenario)));
  const applicable = { ...explored, results: explored.results.filter(({ result }) => result !== 'not applicable') };
  if (applicable.results.length === 0) return undefined;
  if (reason !== undefined) return unexpanded(rule, entry, assembly, reason);
  return conclude(rule, assembly.environmentOf(entry.template), entry, applicable);
}

function evaluateEnvironment(rule: EnvironmentRule, environment: Environment, assembly: Assembly): Evaluation {
  const explored = explore((scenario) => guarded(() => rule.check(new EnvironmentView(environment, assembly, scenario))));
  const evaluation = conclude(rule, environment, undefined, explored);
  if (evaluation.outcome !== 'missing') return evaluation;
  const [unread] = environment.templates.flatMap(({ unexpanded, unexpandedResources }) => [
    ...(unexpanded === undefined ? [] : [unexpanded]),
    ...unexpandedResources.values(),
  ]);
  if (assembly.whole && unread === undefined) return evaluation;
  const reason = unread ?? 'other templates of the environment are not among these';
  const findings = evaluation.findings.map(
    (finding): Finding => ({ ...finding, kind: 'undetermined', problem: `${finding.problem}; ${reason}` }),
  );
  return { ...evaluation, outcome: 'undetermined', findings };
}

function guarded(attempt: () => Attempt): Attempt {
  try {
    return attempt();
  } catch (error) {
    return { crash: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The worst of what the scenarios showed.
 *
 * What fails only when a deployment gives a parameter another value than the template's own is not known to fail.
 */
function conclude(
  rule: Rule,
  environment: Environment,
  entry: ResourceEntry | undefined,
  explored: Explored<Attempt>,
): Evaluation {
  const findings: Finding[] = [];
  const notes: Note[] = [];
  let crash: string | undefined;
  const runs = explored.results.map(({ scenario, result }) => {
    if (typeof result !== 'object' || 'crash' in result) {
      crash ??= typeof result === 'object' && 'crash' in result ? result.crash : undefined;
      return { scenario, findings: [] as Finding[] };
    }
    const circumstances = scenario.describe();
    const found = result.filter((each): each is Finding => each.kind !== 'note');
    addNew(
      notes,
      result.filter((each): each is Note => each.kind === 'note'),
      (note) => `${note.path} ${note.text} ${note.resource?.logicalId}`,
    );
    return {
      scenario,
      findings:
        circumstances === '' ? found : found.map((each) => ({ ...each, problem: `${each.problem}, when ${circumstances}` })),
    };
  });
  if (crash !== undefined) {
    const finding: Finding = {
      kind: 'undetermined',
      problem: `the rule broke: ${crash}`,
      found: 'an error',
      expected: 'a verdict',
    };
    return { rule, environment, entry, outcome: 'undetermined', findings: [finding], notes, crash };
  }

  const own = runs.filter(({ scenario }) => !scenario.departed);
  const departed = runs.filter(({ scenario }) => scenario.departed);
  const alwaysWrong = own.length === 0 && departed.every((run) => run.findings.some((each) => each.kind === 'fail'));
  for (const run of own) addNew(findings, run.findings, keyOfFinding);
  for (const run of departed) {
    const relevant = own.length === 0 ? run.findings : run.findings.filter((each) => each.kind !== 'undetermined');
    addNew(
      findings,
      relevant.map((each): Finding => (alwaysWrong || each.kind === 'undetermined' ? each : { ...each, kind: 'undetermined' })),
      keyOfFinding,
    );
  }
  if (!explored.complete) {
    const problem = `more than ${MOST_SCENARIOS} combinations of conditions and parameters`;
    findings.push({ kind: 'undetermined', problem, found: 'not every combination was tried', expected: 'all of them tried' });
  }
  return { rule, environment, entry, outcome: worst(findings), findings, notes };
}

function worst(findings: readonly Finding[]): Outcome {
  for (const kind of ['fail', 'missing', 'undetermined'] as const) {
    if (findings.some((finding) => finding.kind === kind)) return kind;
  }
  return 'pass';
}

function unexpanded(rule: Rule, entry: ResourceEntry, assembly: Assembly, reason: string): Evaluation {
  const finding: Finding = {
    kind: 'undetermined',
    path: 'Type',
    problem: reason,
    found: entry.type,
    expected: EXPANDED,
  };
  return {
    rule,
    environment: assembly.environmentOf(entry.template),
    entry,
    outcome: 'undetermined',
    findings: [finding],
    notes: [],
  };
}

function addNew<T>(target: T[], additions: readonly T[], key: (item: T) => string): void {
  for (const item of additions) if (!target.some((each) => key(each) === key(item))) target.push(item);
}

/** The same finding, whatever the circumstances in which it was made. */
function keyOfFinding(finding: Finding): string {
  const { resource, kind, path, found, expected } = finding;
  return `${kind} ${resource?.entry.template.path} ${resource?.logicalId} ${path} ${found} ${expected}`;
}
