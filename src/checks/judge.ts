import type { Assembly } from '../model/assembly';
import type { ResourceEntry } from '../model/template';
import type { Rule } from '../rules/rule';
import { type AuditScope, FULL_SCOPE, isInScope } from './audit-scope';
import { builtInException } from './built-in-exceptions';
import {
  type ExceptionDeclaration,
  type ExclusionDeclaration,
  exceptionsIn,
  findRule,
  type InheritedDeclaration,
  isOver,
  type NagAcknowledgement,
} from './declarations';
import { type Evaluation, evaluate } from './evaluate';

/** The verdict on a rule and a resource, as the ledger records it. */
export type Verdict = 'pass' | 'fail' | 'exception' | 'inherited' | 'undetermined';

/** An evaluation with everything that people declared about it. */
export interface Judgement {
  readonly evaluation: Evaluation;
  readonly verdict: Verdict;
  /** The exception that covers it, or that did until it expired. */
  readonly exception?: AppliedException;
  readonly inherited?: InheritedDeclaration;
}

export interface AppliedException {
  readonly state: 'active' | 'expired' | 'not allowed' | 'built-in' | 'acknowledged';
  readonly declaration: Omit<ExceptionDeclaration, 'at' | 'rule'>;
  /** What stands for it when it was declared to cdk-nag; it has then neither an owner, nor a ticket, nor an end. */
  readonly acknowledgement?: NagAcknowledgement;
}

/** Tells where a rule of cdk-nag that asks for the same is acknowledged for a resource. */
export type AcknowledgedAs = (rule: Rule, entry: ResourceEntry) => NagAcknowledgement | undefined;

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  /** Today: exceptions that expired before do not count. */
  readonly now: Date;
  readonly inherited?: readonly InheritedDeclaration[];
  readonly excluded?: readonly ExclusionDeclaration[];
  /** Ids or slugs of rules that no exception may set aside. */
  readonly unwaivable?: readonly string[];
  /** Which categories of criteria are audited; all of them when not given. Rules without a criterion in them judge nothing. */
  readonly scope?: AuditScope;
  /** Acknowledgements of rules of cdk-nag; none counts when not given. */
  readonly acknowledgedAs?: AcknowledgedAs;
}

/** Judge an assembly, and take what people declared into account. */
export function judge(assembly: Assembly, options: JudgeOptions): Judgement[] {
  return [...judgeInOrder(assembly, options)].flat();
}

/** Judge an assembly in the order of the ledger, one resource or environment at a time. */
export function* judgeInOrder(assembly: Assembly, options: JudgeOptions): Generator<readonly Judgement[]> {
  const excluded = new Set((options.excluded ?? []).map(({ rule }) => findRule(options.rules, rule)));
  const unwaivable = new Set((options.unwaivable ?? []).map((name) => findRule(options.rules, name)));
  const inherited = new Map(
    (options.inherited ?? []).map((declaration) => [findRule(options.rules, declaration.rule), declaration]),
  );
  const { scope = FULL_SCOPE } = options;
  const all = inOrderOfIds(options.rules);
  const isAll = excluded.size === 0 && scope === FULL_SCOPE;
  const rules = isAll ? all : all.filter((rule) => !excluded.has(rule) && isInScope(rule, scope));
  for (const evaluations of evaluate(assembly, rules)) {
    if (evaluations.length === 0) continue;
    yield evaluations.map((each) => conclude(each, inherited.get(each.rule), unwaivable.has(each.rule), options));
  }
}

function conclude(
  evaluation: Evaluation,
  inherited: InheritedDeclaration | undefined,
  unwaivable: boolean,
  options: JudgeOptions,
): Judgement {
  const { outcome, crash } = evaluation;
  if (outcome === 'pass') return { evaluation, verdict: 'pass' };
  const verdict = outcome === 'missing' ? 'fail' : outcome;
  if (crash !== undefined) return { evaluation, verdict };
  if (inherited && isMissing(evaluation)) return { evaluation, verdict: 'inherited', inherited };
  const exception = exceptionFor(evaluation, unwaivable, options);
  if (!exception) return { evaluation, verdict };
  const holds = exception.state !== 'expired' && exception.state !== 'not allowed';
  return { evaluation, verdict: holds ? 'exception' : verdict, exception };
}

/** Only what nobody here provides can be inherited: a resource that does it wrongly stays wrong. */
export function isMissing({ findings }: Pick<Evaluation, 'findings'>): boolean {
  return findings.length > 0 && findings.every(({ kind }) => kind === 'missing');
}

function exceptionFor(
  evaluation: Evaluation,
  unwaivable: boolean,
  { now, acknowledgedAs }: JudgeOptions,
): AppliedException | undefined {
  const { rule, entry, environment } = evaluation;
  const bodies = entry ? [entry.body] : environment.templates.map((template) => template.body);
  const declared = bodies.flatMap(exceptionsIn).filter((each) => each.rule === rule.id);
  const current = declared.find((each) => !isOver(each.expires, now)) ?? declared[0];
  if (current) {
    const { reason, owner, ticket, expires } = current;
    const state = unwaivable ? 'not allowed' : isOver(expires, now) ? 'expired' : 'active';
    return { state, declaration: { reason, owner, ticket, expires } };
  }
  if (!entry) return undefined;
  const builtIn = builtInException(rule, entry);
  if (builtIn) return { state: 'built-in', declaration: { reason: builtIn, owner: 'cdk-soc2', ticket: '', expires: '' } };
  const acknowledgement = acknowledgedAs?.(rule, entry);
  if (!acknowledgement) return undefined;
  const declaration = { reason: acknowledgement.reason, owner: '', ticket: '', expires: '' };
  return { state: unwaivable ? 'not allowed' : 'acknowledged', declaration, acknowledgement };
}

const IN_ORDER = new WeakMap<readonly Rule[], readonly Rule[]>();

/** Rules in the order of their ids, `S3.2` before `S3.10`. */
export function inOrderOfIds(rules: readonly Rule[]): readonly Rule[] {
  const known = IN_ORDER.get(rules);
  if (known) return known;
  const keyed = rules.map((rule): [string, number, Rule] => {
    const [service, number] = rule.id.split('.');
    return [service, Number(number), rule];
  });
  const sorted = keyed.sort(([a, m], [b, n]) => compare(a, b) || m - n).map(([, , rule]) => rule);
  IN_ORDER.set(rules, sorted);
  return sorted;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
