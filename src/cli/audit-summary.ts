import { type AuditScope, isInScope } from '../checks/audit-scope';
import { blocks } from '../checks/blocks';
import { EXPANDED } from '../checks/evaluate';
import { fixOf } from '../checks/fix';
import type { Judgement, Verdict } from '../checks/judge';
import type { LedgerEvaluation, LedgerPart } from '../checks/ledger';
import { unjudgedStacks } from '../checks/unjudged-stacks';
import type { Assembly } from '../model/assembly';
import { RULES } from '../rules';
import type { Severity } from '../rules/rule';

/** What a verdict counts as: findings by how bad they are. */
export type Column = Exclude<Verdict, 'fail'> | Severity;

/** How often each was seen. */
export type VerdictCounts = Record<Column, number>;

/** A verdict that a reader should see, and whether it makes the audit fail. */
export interface Shown {
  readonly evaluation: LedgerEvaluation;
  readonly blocking: boolean;
  /** What to change, or to declare. */
  readonly fix: string;
}

/** Resources that only a transform at deployment makes what they will be. */
export interface Unexpanded {
  readonly template: string;
  readonly reason: string;
  readonly resources: Set<string>;
  /** How many verdicts wait for it. */
  verdicts: number;
  blocking: number;
}

/** What an audit found, without the templates that it was found in. */
export class AuditSummary {
  public templates = 0;
  public resources = 0;
  public blocking = 0;
  public readonly verdicts: VerdictCounts = noVerdicts();
  public readonly byCriterion = new Map<string, VerdictCounts>();
  /** What did not pass, in the order of the templates; without what is told at once for many. */
  public readonly shown: Shown[] = [];
  /** Rules about environments that single templates cannot answer. */
  public readonly needEnvironment = new Set<string>();
  /** How many verdicts that leaves open, and how many of them block. */
  public readonly withoutEnvironment = { verdicts: 0, blocking: 0 };
  /** What transforms leave open, by template and reason. */
  public readonly unexpanded = new Map<string, Unexpanded>();
  /** Resource types that no rule in scope knows, with their number. */
  public readonly unknownTypes = new Map<string, number>();
  /** Nested stacks in which nothing was judged, one line each. */
  public readonly unjudged: string[] = [];

  private readonly knownTypes: ReadonlySet<string>;

  constructor(
    private readonly strict: boolean,
    scope: AuditScope,
  ) {
    const rules = RULES.filter((rule) => isInScope(rule, scope));
    this.knownTypes = new Set([...rules.flatMap((rule) => rule.resourceTypes), 'AWS::CDK::Metadata']);
  }

  public add(part: LedgerPart, judgements: readonly Judgement[], assembly: Assembly): void {
    this.unjudged.push(...unjudgedStacks(assembly));
    this.templates += part.templates.length;
    for (const [type, count] of part.counts) {
      this.resources += count;
      if (!this.knownTypes.has(type)) this.unknownTypes.set(type, (this.unknownTypes.get(type) ?? 0) + count);
    }
    for (const [index, evaluation] of part.evaluations.entries()) {
      const blocking = blocks(judgements[index], this.strict);
      this.blocking += Number(blocking);
      if (!assembly.whole && isLacking(judgements[index])) {
        this.needEnvironment.add(evaluation.rule);
        this.withoutEnvironment.verdicts += 1;
        this.withoutEnvironment.blocking += Number(blocking);
      } else this.record(evaluation, blocking, judgements[index]);
    }
  }

  private record(evaluation: LedgerEvaluation, blocking: boolean, judgement: Judgement): void {
    const column = evaluation.verdict === 'fail' ? evaluation.severity : evaluation.verdict;
    this.verdicts[column] += 1;
    for (const criterion of evaluation.criteria) {
      const counts = this.byCriterion.get(criterion) ?? noVerdicts();
      counts[column] += 1;
      this.byCriterion.set(criterion, counts);
    }
    const { template, logicalId, findings } = evaluation;
    const [first] = findings;
    if (template !== undefined && logicalId !== undefined && first?.expected === EXPANDED) {
      const key = `${template}\n${first.problem}`;
      const group = this.unexpanded.get(key) ?? {
        template,
        reason: first.problem,
        resources: new Set<string>(),
        verdicts: 0,
        blocking: 0,
      };
      group.resources.add(logicalId);
      group.verdicts += 1;
      group.blocking += Number(blocking);
      this.unexpanded.set(key, group);
    } else if (evaluation.verdict !== 'pass') this.shown.push({ evaluation, blocking, fix: fixOf(judgement) });
  }
}

/** Whether a rule about an environment is open because what it looks for may be in another template. */
function isLacking({ evaluation: { entry, outcome, findings, crash } }: Judgement): boolean {
  return (
    entry === undefined &&
    crash === undefined &&
    outcome === 'undetermined' &&
    findings.every(({ resource }) => resource === undefined)
  );
}

function noVerdicts(): VerdictCounts {
  return { pass: 0, error: 0, warning: 0, info: 0, exception: 0, inherited: 0, undetermined: 0 };
}
