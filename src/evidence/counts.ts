import type { Verdict } from '../checks/judge';
import type { LedgerEvaluation } from '../checks/ledger';
import type { Severity } from '../rules/rule';

/** What a result counts as: findings by how bad they are. */
export type Column = Exclude<Verdict, 'fail'> | Severity;

/** How often each was found. */
export type Counts = Record<Column, number>;

/** The columns as they are told to people, the most pressing first. */
export const COLUMNS: Readonly<Record<Column, string>> = {
  error: 'Error',
  warning: 'Warning',
  info: 'Advice',
  undetermined: 'Undetermined',
  exception: 'Exception',
  inherited: 'Inherited',
  pass: 'Pass',
};

/** The columns after a number, where that is one, and where it is another. */
export const WORDS: Readonly<Record<Column, readonly [one: string, many?: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['advice'],
  undetermined: ['undetermined'],
  exception: ['exception', 'exceptions'],
  inherited: ['inherited'],
  pass: ['pass', 'passes'],
};

export const COLUMN_NAMES = Object.keys(COLUMNS) as Column[];

/** What the columns mean, for the legend of every document. */
export const MEANINGS: Readonly<Record<Column, string>> = {
  error: 'The template does not do what the rule asks for. It stops synthesis and the gate of CI.',
  warning: 'The template does not do what the rule asks for; the rule reports it and does not stop synthesis.',
  info: 'An advice that was not followed. It is recorded only.',
  undetermined: 'Only deployment knows the value, so that the template cannot show it. Never counted as a pass.',
  exception: 'A deviation that somebody accepted, with a reason; or one that the CDK itself makes.',
  inherited: 'Another app or team provides it, and its evidence is where the pointer says.',
  pass: 'The template does what the rule asks for.',
};

export function columnOf({ verdict, severity }: Pick<LedgerEvaluation, 'verdict' | 'severity'>): Column {
  return verdict === 'fail' ? severity : verdict;
}

export function noCounts(): Counts {
  return { error: 0, warning: 0, info: 0, undetermined: 0, exception: 0, inherited: 0, pass: 0 };
}

export function addCount(counts: Counts, evaluation: Pick<LedgerEvaluation, 'verdict' | 'severity'>): void {
  counts[columnOf(evaluation)] += 1;
}

export function countsOf(results: readonly { readonly evaluation: LedgerEvaluation }[]): Counts {
  const counts = noCounts();
  for (const { evaluation } of results) addCount(counts, evaluation);
  return counts;
}

export function totalOf(counts: Counts): number {
  return COLUMN_NAMES.reduce((total, column) => total + counts[column], 0);
}

/** Add counts to a total. */
export function addCounts(total: Counts, counts: Counts): void {
  for (const column of COLUMN_NAMES) total[column] += counts[column];
}
