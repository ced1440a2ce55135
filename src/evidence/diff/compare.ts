import type { Ledger, LedgerEvaluation, LedgerException } from '../../checks/ledger';
import { type Column, columnOf } from '../counts';

/** A result that is not what it was. */
export interface Change {
  readonly evaluation: LedgerEvaluation;
  readonly title: string;
  /** Undefined when there was no such result before, or is none any more. */
  readonly before?: Column;
  readonly after?: Column;
}

/** What changed between two ledgers. */
export interface Comparison {
  /** Resources as `type name`, by whether they came or went. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Open errors and warnings that were not there before. */
  readonly worse: readonly Change[];
  /** What was open and is not any more. */
  readonly better: readonly Change[];
  /** Other changes of verdicts. */
  readonly other: readonly Change[];
  readonly exceptionsAdded: readonly LedgerException[];
  readonly exceptionsRemoved: readonly LedgerException[];
  readonly exceptionsExpired: readonly LedgerException[];
  readonly rulesAdded: readonly string[];
  readonly rulesRemoved: readonly string[];
  /** Settings of the audit that are not what they were, in words. */
  readonly settings: readonly string[];
  /** How many of what got worse stop synthesis. */
  readonly blocking: number;
}

const OPEN: readonly Column[] = ['error', 'warning', 'undetermined'];

export function compare(old: Ledger, now: Ledger): Comparison {
  const [before, after] = [byKey(old), byKey(now)];
  const titles = new Map([...old.rules, ...now.rules].map(({ rule, title }) => [rule, title]));
  const changes: Change[] = [];
  for (const [key, evaluation] of after) {
    const was = before.get(key);
    const change = {
      evaluation,
      title: titles.get(evaluation.rule) ?? '',
      before: was && columnOf(was),
      after: columnOf(evaluation),
    };
    if (change.before !== change.after) changes.push(change);
  }
  for (const [key, evaluation] of before)
    if (!after.has(key)) changes.push({ evaluation, title: titles.get(evaluation.rule) ?? '', before: columnOf(evaluation) });
  const isOpen = (column: Column | undefined) => column !== undefined && OPEN.includes(column);
  const worse = changes.filter((each) => isOpen(each.after) && rankOf(each.after) < rankOf(each.before));
  const better = changes.filter((each) => isOpen(each.before) && rankOf(each.after) > rankOf(each.before));
  const seen = new Set([...worse, ...better]);
  const [exceptionsBefore, exceptionsAfter] = [exceptionsOf(old), exceptionsOf(now)];
  const [resourcesBefore, resourcesAfter] = [resourcesOf(old), resourcesOf(now)];
  const [rulesBefore, rulesAfter] = [rulesOf(old), rulesOf(now)];
  return {
    added: missing(resourcesAfter, resourcesBefore),
    removed: missing(resourcesBefore, resourcesAfter),
    worse,
    better,
    other: changes.filter((each) => !seen.has(each) && each.before !== undefined && each.after !== undefined),
    exceptionsAdded: missing(exceptionsAfter, exceptionsBefore),
    exceptionsRemoved: missing(exceptionsBefore, exceptionsAfter),
    exceptionsExpired: [...exceptionsAfter]
      .filter(([key, each]) => each.state === 'expired' && exceptionsBefore.get(key)?.state !== 'expired')
      .map(([, each]) => each),
    rulesAdded: missing(rulesAfter, rulesBefore),
    rulesRemoved: missing(rulesBefore, rulesAfter),
    settings: settingsChanged(old, now),
    blocking: worse.filter(({ evaluation, after: column }) => blocks(evaluation, column, now)).length,
  };
}

/** How bad a column is: the lower, the worse. What is not there is no worse than a pass. */
function rankOf(column: Column | undefined): number {
  const rank = column === undefined ? -1 : OPEN.indexOf(column);
  return rank < 0 ? OPEN.length : rank;
}

function blocks({ exception }: LedgerEvaluation, column: Column | undefined, { settings }: Ledger): boolean {
  return column === 'error' || exception?.state === 'expired' || (settings.strict && column === 'undetermined');
}

function byKey({ evaluations }: Ledger): Map<string, LedgerEvaluation> {
  return new Map(evaluations.map((each) => [[each.rule, each.environment, each.template, each.logicalId].join('\n'), each]));
}

function resourcesOf({ evaluations }: Ledger): Map<string, string> {
  const found = new Map<string, string>();
  for (const { template, logicalId, resourceType, constructPath } of evaluations)
    if (template !== undefined && logicalId !== undefined)
      found.set(`${template}\n${logicalId}`, `${resourceType} ${constructPath ?? `${template} ${logicalId}`}`);
  return found;
}

function exceptionsOf({ exceptions }: Ledger): Map<string, LedgerException> {
  return new Map(exceptions.map((each) => [[each.rule, each.at, each.ticket, each.reason].join('\n'), each]));
}

function rulesOf({ rules }: Ledger): Map<string, string> {
  return new Map(rules.map(({ rule, title }) => [rule, `${rule} ${title}`]));
}

/** The values of those in the first that the second lacks. */
function missing<T>(first: ReadonlyMap<string, T>, second: ReadonlyMap<string, unknown>): T[] {
  return [...first].filter(([key]) => !second.has(key)).map(([, value]) => value);
}

function settingsChanged(old: Ledger, now: Ledger): string[] {
  const said = [
    ['categories', (ledger: Ledger) => ledger.settings.scope.join(', ')],
    ['undetermined values block', (ledger: Ledger) => String(ledger.settings.strict)],
    ['rules without exceptions', (ledger: Ledger) => ledger.settings.unwaivable.join(', ') || 'none'],
    ['rules left out', (ledger: Ledger) => ledger.excluded.map(({ rule, reason }) => `${rule} (${reason})`).join(', ') || 'none'],
    [
      'provided elsewhere',
      (ledger: Ledger) => ledger.inherited.map(({ rule, owner }) => `${rule} by ${owner}`).join(', ') || 'none',
    ],
    ['version', (ledger: Ledger) => ledger.synthesis.versions['cdk-soc2'] ?? 'not known'],
  ] as const;
  return said.flatMap(([name, of]) => (of(old) === of(now) ? [] : [`${name}: was ${of(old)}, is ${of(now)}`]));
}
