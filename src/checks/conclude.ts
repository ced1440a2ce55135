import type { Finding, Note, Observation } from '../model/observation';
import { type Explored, MOST_SCENARIOS, type Scenario } from '../model/scenario';

/** What synthesis can say of a rule and a resource, before exceptions. */
export type Outcome = 'pass' | 'fail' | 'undetermined' | 'missing';

/** What all scenarios together show. */
export interface Conclusion {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

interface Run {
  readonly scenario: Scenario;
  readonly findings: readonly Finding[];
}

/**
 * The worst of what the scenarios showed.
 *
 * Every branch of the conditions is as real as any other. Within a branch, what is wrong only when a deployment gives a
 * parameter another of its allowed values than the template's own is not known to be wrong, and is undetermined.
 */
export function conclude({ results, complete }: Explored<readonly Observation[]>): Conclusion {
  if (results.length === 1 && complete) return concludeOne(results[0].result);
  const real = results.filter(({ scenario }) => !scenario.isMoot);
  const notes = new Map<string, Note>();
  const branches = new Map<string, Run[]>();
  for (const { scenario, result } of real) {
    const findings: Finding[] = [];
    for (const each of result) {
      if (each.kind !== 'note') findings.push(released(each));
      else addNew(notes, keyOfNote(each), released(each));
    }
    const branch = scenario.branchKey;
    const runs = branches.get(branch);
    if (runs) runs.push({ scenario, findings });
    else branches.set(branch, [{ scenario, findings }]);
  }

  const sure = new Circumstances();
  const possible = new Circumstances();
  for (const runs of branches.values()) {
    const own = runs.filter(({ scenario }) => !scenario.departed);
    const isSure = own.length > 0 || runs.every((run) => run.findings.some(isWrong));
    for (const { scenario, findings } of runs) {
      const collected = isSure && (own.length === 0 || !scenario.departed) ? sure : possible;
      for (const finding of findings) collected.add(finding, scenario);
    }
  }
  const findings = sure.findings(real.length);
  const known = new Set(findings.map(keyOfFinding));
  for (const finding of possible.findings(real.length))
    if (!known.has(keyOfFinding(finding))) findings.push({ ...finding, kind: 'undetermined' });
  if (!complete) findings.push(notAllTried());
  return { outcome: worst(findings), findings, notes: [...notes.values()] };
}

const ALL_IS_WELL: Conclusion = { outcome: 'pass', findings: [], notes: [] };

/** What a single scenario shows. */
export function concludeOne(observations: readonly Observation[]): Conclusion {
  if (observations.length === 0) return ALL_IS_WELL;
  if (observations.length === 1) {
    const only = released(observations[0]);
    return only.kind === 'note'
      ? { outcome: 'pass', findings: [], notes: [only] }
      : { outcome: only.kind, findings: [only], notes: [] };
  }
  const findings = new Map<string, Finding>();
  const notes = new Map<string, Note>();
  for (const each of observations) {
    if (each.kind === 'note') addNew(notes, keyOfNote(each), released(each));
    else addNew(findings, `${each.kind} ${keyOfFinding(each)}`, released(each));
  }
  const all = [...findings.values()];
  return { outcome: worst(all), findings: all, notes: [...notes.values()] };
}

/** An observation that holds on to its resource only, not to all that was worked out in its scenario. */
function released<T extends Observation>(observation: T): T {
  const { resource } = observation;
  return resource ? { ...observation, resource: { entry: resource.entry, logicalId: resource.logicalId } } : observation;
}

function addNew<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

/** The finding that there are too many combinations to try. */
export function notAllTried(): Finding {
  const problem = `more than ${MOST_SCENARIOS} combinations of conditions and parameters`;
  return { kind: 'undetermined', problem, found: 'not every combination was tried', expected: 'all of them tried' };
}

/** Findings, and the scenarios that each was made in. */
class Circumstances {
  private readonly made = new Map<string, { readonly finding: Finding; readonly scenarios: Scenario[] }>();

  public add(finding: Finding, scenario: Scenario): void {
    const key = `${finding.kind} ${keyOfFinding(finding)}`;
    const before = this.made.get(key);
    if (!before) this.made.set(key, { finding, scenarios: [scenario] });
    else if (before.scenarios[before.scenarios.length - 1] !== scenario) before.scenarios.push(scenario);
  }

  /** The findings, each with when it holds, unless that is always. */
  public findings(scenarios: number): Finding[] {
    return [...this.made.values()].map(({ finding, scenarios: own }) => {
      if (own.length === scenarios) return finding;
      const [first, ...others] = own.map(({ words }) => words);
      const common = first.filter((word) => others.every((words) => words.includes(word)));
      const when = (common.length > 0 ? common : first).join(' and ');
      return when === '' ? finding : { ...finding, problem: `${finding.problem}, when ${when}` };
    });
  }
}

function isWrong({ kind }: Finding): boolean {
  return kind !== 'undetermined';
}

function worst(findings: readonly Finding[]): Outcome {
  for (const kind of ['fail', 'missing', 'undetermined'] as const) {
    if (findings.some((finding) => finding.kind === kind)) return kind;
  }
  return 'pass';
}

/** The same finding, whatever the circumstances in which it was made. */
function keyOfFinding({ resource, path, found, expected }: Finding): string {
  return [resource?.entry.template.key, resource?.logicalId, path, found, expected].join('\n');
}

function keyOfNote({ resource, path, text }: Note): string {
  return [resource?.entry.template.key, resource?.logicalId, path, text].join('\n');
}
