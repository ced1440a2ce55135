import type { Period } from './collector';
import type { OperatingEvidence, OperatingRecord } from './operating-evidence';

/** All that was collected of an account, however many runs it took. */
export interface AccountEvidence {
  readonly account: string;
  readonly collections: readonly OperatingEvidence[];
  readonly records: readonly OperatingRecord[];
  /** From the start of the first to the end of the last collection. */
  readonly period: Period;
  /** Time in between that no collection is about. */
  readonly gaps: readonly Period[];
}

/** Collections by account, the oldest first. */
export function byAccount(operating: readonly OperatingEvidence[]): AccountEvidence[] {
  const accounts = [...new Set(operating.map(({ collection }) => collection.account))].sort();
  return accounts.map((account) => {
    const collections = operating
      .filter(({ collection }) => collection.account === account)
      .sort((a, b) => (a.collection.period.from < b.collection.period.from ? -1 : 1));
    const periods = collections.map(({ collection: { period } }) => ({ from: new Date(period.from), to: new Date(period.to) }));
    const last = Math.max(...periods.map(({ to }) => to.getTime()));
    return {
      account,
      collections,
      records: collections.flatMap((evidence) => evidence.collection.records.map((record) => ({ record, evidence }))),
      period: { from: periods[0].from, to: new Date(last) },
      gaps: gapsIn(periods),
    };
  });
}

function gapsIn(periods: readonly Period[]): Period[] {
  const gaps: Period[] = [];
  let { to: until } = periods[0];
  for (const { from, to } of periods) {
    if (from > until) gaps.push({ from: until, to: from });
    if (to > until) until = to;
  }
  return gaps;
}
