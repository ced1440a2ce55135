import { blocks } from '../checks/blocks';
import type { Judgement, Verdict } from '../checks/judge';
import type { LedgerEvaluation, LedgerPart } from '../checks/ledger';
import { RULES } from '../rules';

/** How often each verdict was given. */
export type VerdictCounts = Record<Verdict, number>;

/** A verdict that a reader should see, and whether it makes the audit fail. */
export interface Shown {
  readonly evaluation: LedgerEvaluation;
  readonly blocking: boolean;
}

const KNOWN_TYPES = new Set(RULES.flatMap((rule) => rule.resourceTypes));

/** What an audit found, without the templates that it was found in. */
export class AuditSummary {
  public templates = 0;
  public resources = 0;
  public blocking = 0;
  public readonly verdicts: VerdictCounts = noVerdicts();
  public readonly byCriterion = new Map<string, VerdictCounts>();
  /** Everything that did not pass, in the order of the templates. */
  public readonly shown: Shown[] = [];
  /** Resource types that no rule knows, with their number. */
  public readonly unknownTypes = new Map<string, number>();

  constructor(private readonly strict: boolean) {}

  public add(part: LedgerPart, judgements: readonly Judgement[]): void {
    this.templates += part.templates.length;
    for (const [type, count] of part.counts) {
      this.resources += count;
      if (!KNOWN_TYPES.has(type)) this.unknownTypes.set(type, (this.unknownTypes.get(type) ?? 0) + count);
    }
    for (const [index, evaluation] of part.evaluations.entries()) {
      const blocking = blocks(judgements[index], this.strict);
      this.blocking += Number(blocking);
      this.verdicts[evaluation.verdict] += 1;
      for (const criterion of evaluation.criteria) {
        const counts = this.byCriterion.get(criterion) ?? noVerdicts();
        counts[evaluation.verdict] += 1;
        this.byCriterion.set(criterion, counts);
      }
      if (evaluation.verdict !== 'pass') this.shown.push({ evaluation, blocking });
    }
  }
}

function noVerdicts(): VerdictCounts {
  return { pass: 0, fail: 0, exception: 0, inherited: 0, undetermined: 0 };
}
