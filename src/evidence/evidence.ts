import type { Ledger, LedgerEvaluation, LedgerRule } from '../checks/ledger';
import type { Control } from '../criteria/control';
import { CONTROLS, type ControlId, controlEntries } from '../criteria/controls';
import { TRUST_SERVICES_CRITERIA, type TrustServicesCriterion } from '../criteria/trust-services-criteria';
import type { Environment } from '../model/assembly';
import type { ServerAccess } from './access/server-access';
import { addCount, addCounts, type Counts, countsOf, noCounts } from './counts';
import { isBlocking } from './is-blocking';
import type { FirewallRule } from './network/firewall-rules';
import type { Picture } from './network/picture';
import type { OperatingEvidence } from './operating/operating-evidence';
import { type Status, statusOf } from './status';

/** What the registry of rules says beyond what the ledger records. */
export interface RuleGuidance {
  readonly rationale: string;
  readonly remediation: string;
  readonly references: readonly string[];
}

/** A result: one line of the ledger, with the number that the bundle knows it by. */
export interface Result {
  /** Place in the ledger, from 1. */
  readonly number: number;
  readonly evaluation: LedgerEvaluation;
  /** Whether it stops synthesis and makes the gate fail. */
  readonly blocking: boolean;
}

/** A rule with what it found. */
export interface RuleView extends Partial<RuleGuidance> {
  readonly rule: LedgerRule;
  readonly counts: Counts;
  readonly results: readonly Result[];
}

/** A control with the rules that test it. */
export interface ControlView {
  readonly id: ControlId;
  readonly control: Control;
  readonly rules: readonly RuleView[];
  readonly counts: Counts;
  readonly status: Status;
}

/** A criterion with the controls that support it. */
export interface CriterionView {
  readonly criterion: TrustServicesCriterion;
  readonly inScope: boolean;
  readonly controls: readonly ControlView[];
  readonly counts: Counts;
  readonly status: Status;
}

/** What evidence is made of. */
export interface EvidenceInput {
  /** What the system is called, where somebody said so. */
  readonly system?: string;
  readonly ledger: Ledger;
  /** The ledger as it was written. */
  readonly ledgerText: string;
  /** What is known of rules beyond the ledger, by id. */
  readonly guidance: ReadonlyMap<string, RuleGuidance>;
  readonly environments: readonly Pick<Environment, 'id' | 'account' | 'region' | 'declared'>[];
  readonly firewallRules: readonly FirewallRule[];
  /** The network, one picture a page, the overview first. */
  readonly pictures: readonly Picture[];
  readonly serverAccess: ServerAccess;
  /** What was collected from AWS, to show that controls operated. */
  readonly operating?: readonly OperatingEvidence[];
}

/** A ledger as an auditor reads it: criteria, their controls, the rules that test these, and what each rule found. */
export class Evidence {
  public readonly ledger: Ledger;
  public readonly results: readonly Result[];
  public readonly rules: readonly RuleView[];
  public readonly controls: readonly ControlView[];
  public readonly criteria: readonly CriterionView[];
  public readonly counts: Counts;

  constructor(public readonly input: EvidenceInput) {
    const { ledger } = input;
    this.ledger = ledger;
    this.results = ledger.evaluations.map((evaluation, index) => ({
      number: index + 1,
      evaluation,
      blocking: isBlocking(evaluation, ledger.settings.strict),
    }));
    this.counts = countsOf(this.results);
    this.rules = this.viewRules();
    this.controls = this.viewControls();
    this.criteria = this.viewCriteria();
  }

  /** Open findings and everything else that a person still has to look at, the most pressing first. */
  public get toReview(): readonly Result[] {
    return this.results
      .filter(({ evaluation: { verdict } }) => verdict === 'fail' || verdict === 'undetermined')
      .sort((a, b) => urgency(a) - urgency(b) || a.number - b.number);
  }

  /** What was collected from AWS. */
  public get operating(): readonly OperatingEvidence[] {
    return this.input.operating ?? [];
  }

  public control(id: ControlId): ControlView {
    return this.controls.find((control) => control.id === id)!;
  }

  private viewRules(): RuleView[] {
    const byRule = new Map<string, Result[]>();
    for (const result of this.results) {
      const { rule } = result.evaluation;
      const found = byRule.get(rule);
      if (found) found.push(result);
      else byRule.set(rule, [result]);
    }
    return this.ledger.rules.map((rule) => {
      const results = byRule.get(rule.rule) ?? [];
      return { rule, results, counts: countsOf(results), ...this.input.guidance.get(rule.rule) };
    });
  }

  private viewControls(): ControlView[] {
    const byControl = new Map<string, RuleView[]>(Object.keys(CONTROLS).map((id) => [id, []]));
    for (const view of this.rules) byControl.get(view.rule.control)?.push(view);
    return controlEntries().map(([id, control]) => {
      const rules = byControl.get(id)!;
      const counts = sum(rules);
      return { id, control, rules, counts, status: statusOf(counts, control.owner, rules.length > 0) };
    });
  }

  private viewCriteria(): CriterionView[] {
    const { scope } = this.ledger.settings;
    const byCriterion = new Map<string, Counts>(TRUST_SERVICES_CRITERIA.map(({ id }) => [id, noCounts()]));
    for (const { evaluation } of this.results)
      for (const id of evaluation.criteria) {
        const counts = byCriterion.get(id);
        if (counts) addCount(counts, evaluation);
      }
    return TRUST_SERVICES_CRITERIA.map((criterion) => {
      const controls = this.controls
        .filter(({ control }) => control.criteria.includes(criterion.id))
        .sort((a, b) => a.control.criteria.indexOf(criterion.id) - b.control.criteria.indexOf(criterion.id));
      const counts = byCriterion.get(criterion.id)!;
      const owners = new Set(controls.map(({ control }) => control.owner));
      const owner =
        owners.size === 1 ? [...owners][0] : owners.has('library') || owners.has('shared') ? 'shared' : 'organisation';
      return {
        criterion,
        inScope: scope.includes(criterion.category),
        controls,
        counts,
        status: statusOf(
          counts,
          owner,
          controls.some(({ rules }) => rules.length > 0),
        ),
      };
    });
  }
}

function urgency({ blocking, evaluation: { verdict, severity } }: Result): number {
  if (blocking) return 0;
  return verdict === 'undetermined' ? 3 : severity === 'info' ? 2 : 1;
}

function sum(rules: readonly RuleView[]): Counts {
  const total = noCounts();
  for (const { counts } of rules) addCounts(total, counts);
  return total;
}
