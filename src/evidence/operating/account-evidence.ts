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
    const period = { from: periods[0].from, to: new Date(last) };
    return {
      account,
      collections,
      records: collections.flatMap((evidence) => evidence.collection.records.map((record) => ({ record, evidence }))),
      period,
      gaps: gapsIn(period, periods),
    };
  });
}

/** Time of which collections of this account say nothing by some of their records, beyond that of which no collection is. */
export function timeWithout({ period, gaps }: AccountEvidence, records: readonly OperatingRecord[]): Period[] {
  const periods = records
    .map(({ evidence: { collection } }) => ({ from: new Date(collection.period.from), to: new Date(collection.period.to) }))
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  return gapsIn(period, periods).filter(({ from, to }) => !gaps.some((known) => known.from <= from && to <= known.to));
}

/** Time of a period that none of others is about; these come in the order of their beginnings. */
function gapsIn(whole: Period, periods: readonly Period[]): Period[] {
  const gaps: Period[] = [];
  let until = whole.from;
  for (const { from, to } of periods) {
    if (from > until) gaps.push({ from: until, to: from });
    if (to > until) until = to;
  }
  return whole.to > until ? [...gaps, { from: until, to: whole.to }] : gaps;
}
