import { type AuditScope, isInScope } from '../checks/audit-scope';
import { blocks } from '../checks/blocks';
import { type Evaluation, EXPANDED } from '../checks/evaluate';
import { fixOf } from '../checks/fix';
import type { Judgement, Verdict } from '../checks/judge';
import type { LedgerEvaluation } from '../checks/ledger';
import { describeJudgement } from '../checks/ledger-evaluations';
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

/** The data of a summary, which another thread may have put together. */
export type SummaryData = Pick<
  AuditSummary,
  | 'templates'
  | 'resources'
  | 'blocking'
  | 'verdicts'
  | 'byCriterion'
  | 'shown'
  | 'unlisted'
  | 'needEnvironment'
  | 'withoutEnvironment'
  | 'unexpanded'
  | 'unknownTypes'
  | 'unjudged'
>;

/** What an audit found, without the templates that it was found in. */
export class AuditSummary {
  public templates = 0;
  public resources = 0;
  public blocking = 0;
  public readonly verdicts: VerdictCounts = noVerdicts();
  public readonly byCriterion = new Map<string, VerdictCounts>();
  /** What is listed, in the order of the templates; without what is told at once for many. */
  public readonly shown: Shown[] = [];
  /** How much is not listed. */
  public readonly unlisted = { warnings: 0, undetermined: 0 };
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

  /**
   * @param strict whether what only deployment knows blocks as well.
   * @param listsAll whether warnings and undetermined verdicts are listed, not only what blocks.
   * @param scope which categories are audited.
   */
  constructor(
    private readonly strict: boolean,
    private readonly listsAll: boolean,
    private readonly scope: AuditScope,
  ) {}

  /** Take note of templates. */
  public begin(assembly: Assembly): void {
    const known = knownTypes(this.scope);
    this.unjudged.push(...unjudgedStacks(assembly));
    this.templates += assembly.templates.length;
    for (const type of assembly.types) {
      const { length } = assembly.ofType(type);
      this.resources += length;
      if (!known.has(type)) this.unknownTypes.set(type, (this.unknownTypes.get(type) ?? 0) + length);
    }
  }

  /** Take in what was found in other templates. */
  public include(other: SummaryData): void {
    this.templates += other.templates;
    this.resources += other.resources;
    this.blocking += other.blocking;
    this.unlisted.warnings += other.unlisted.warnings;
    this.unlisted.undetermined += other.unlisted.undetermined;
    this.withoutEnvironment.verdicts += other.withoutEnvironment.verdicts;
    this.withoutEnvironment.blocking += other.withoutEnvironment.blocking;
    addCounts(this.verdicts, other.verdicts);
    for (const [criterion, counts] of other.byCriterion) addCounts(this.countsOf(criterion), counts);
    for (const [type, number] of other.unknownTypes) this.unknownTypes.set(type, (this.unknownTypes.get(type) ?? 0) + number);
    for (const rule of other.needEnvironment) this.needEnvironment.add(rule);
    for (const [key, group] of other.unexpanded) {
      const known = this.unexpanded.get(key);
      if (!known) {
        this.unexpanded.set(key, group);
        continue;
      }
      for (const resource of group.resources) known.resources.add(resource);
      known.verdicts += group.verdicts;
      known.blocking += group.blocking;
    }
    for (const each of other.shown) this.shown.push(each);
    this.unjudged.push(...other.unjudged);
  }

  /** Take note of a judgement. */
  public add(judgement: Judgement, assembly: Assembly): void {
    const { evaluation, verdict } = judgement;
    const { rule } = evaluation;
    const blocking = blocks(judgement, this.strict);
    this.blocking += Number(blocking);
    if (!assembly.whole && isLacking(judgement)) {
      this.needEnvironment.add(rule.id);
      this.withoutEnvironment.verdicts += 1;
      this.withoutEnvironment.blocking += Number(blocking);
      return;
    }
    const column = verdict === 'fail' ? rule.severity : verdict;
    this.verdicts[column] += 1;
    for (const criterion of rule.criteria) this.countsOf(criterion)[column] += 1;
    if (verdict !== 'pass' && !this.isUnexpanded(evaluation, blocking)) this.show(judgement, blocking);
  }

  private countsOf(criterion: string): VerdictCounts {
    let counts = this.byCriterion.get(criterion);
    if (!counts) {
      counts = noVerdicts();
      this.byCriterion.set(criterion, counts);
    }
    return counts;
  }

  /** Whether a transform leaves the verdict open; then it is told once for many. */
  private isUnexpanded({ entry, findings: [first] }: Evaluation, blocking: boolean): boolean {
    if (!entry || first?.expected !== EXPANDED) return false;
    const template = entry.template.path;
    const key = `${template}\n${first.problem}`;
    const group = this.unexpanded.get(key) ?? {
      template,
      reason: first.problem,
      resources: new Set<string>(),
      verdicts: 0,
      blocking: 0,
    };
    group.resources.add(entry.logicalId);
    group.verdicts += 1;
    group.blocking += Number(blocking);
    this.unexpanded.set(key, group);
    return true;
  }

  private show(judgement: Judgement, blocking: boolean): void {
    const { severity } = judgement.evaluation.rule;
    if (blocking || (this.listsAll && severity !== 'info')) {
      this.shown.push({ evaluation: describeJudgement(judgement), blocking, fix: fixOf(judgement) });
    } else {
      this.unlisted.warnings += Number(judgement.verdict === 'fail' && severity === 'warning');
      this.unlisted.undetermined += Number(judgement.verdict === 'undetermined');
    }
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

const KNOWN_TYPES = new WeakMap<AuditScope, ReadonlySet<string>>();

/** The types that rules in scope know. */
function knownTypes(scope: AuditScope): ReadonlySet<string> {
  let types = KNOWN_TYPES.get(scope);
  if (!types) {
    const rules = RULES.filter((rule) => isInScope(rule, scope));
    types = new Set([...rules.flatMap((rule) => rule.resourceTypes), 'AWS::CDK::Metadata']);
    KNOWN_TYPES.set(scope, types);
  }
  return types;
}

function addCounts(counts: VerdictCounts, more: VerdictCounts): void {
  for (const column of Object.keys(more) as Column[]) counts[column] += more[column];
}

function noVerdicts(): VerdictCounts {
  return { pass: 0, error: 0, warning: 0, info: 0, exception: 0, inherited: 0, undetermined: 0 };
}
