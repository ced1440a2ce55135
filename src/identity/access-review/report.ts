import { METRICS } from '../access-review-settings';
import { changesBetween } from './changes';
import { concernsOf } from './concerns';
import type { Access, Change, Collected, Concern } from './review';

export type { Access } from './review';

/** A review, before somebody signs it. */
export interface Report extends Collected {
  readonly schemaVersion: 1;
  readonly subject: 'who has access to what';
  readonly account: string;
  readonly time: string;
  readonly unusedDays: number;
  /** The day of the review before; not set on the first one. */
  readonly before?: string;
  readonly concerns: readonly Concern[];
  readonly changes: readonly Change[];
  /** By metric, how much there is to do. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A review that was written before. */
export interface Earlier {
  readonly day: string;
  readonly access: readonly Access[];
}

/** Everything that a reviewer has to know. The order does not depend on that of the answers of AWS. */
export function reportOf(
  collected: Collected,
  { account, now, unusedDays, earlier }: { account: string; now: Date; unusedDays: number; earlier?: Earlier },
): Report {
  const concerns = concernsOf(collected, { now, days: unusedDays });
  const access = sorted(collected.access, ({ kind, who, account: where, access: what, through }) => [
    kind,
    who,
    where,
    what,
    through,
  ]);
  return {
    schemaVersion: 1,
    subject: 'who has access to what',
    account,
    time: now.toISOString(),
    unusedDays,
    ...(earlier && { before: earlier.day }),
    counts: countsOf(concerns),
    notes: collected.notes,
    concerns,
    changes: earlier ? changesBetween(earlier.access, access) : [],
    access,
    users: sorted(collected.users, ({ name }) => [name]),
    roles: sorted(collected.roles, ({ name }) => [name]),
    permissionSets: sorted(collected.permissionSets, ({ name }) => [name]),
    emergencyUses: collected.emergencyUses,
  };
}

/** How many concerns there are of each kind; none is a number as well. */
export function countsOf(concerns: readonly Concern[]): Record<string, number> {
  const { daysUnsigned, ...kinds } = METRICS;
  return Object.fromEntries(Object.values(kinds).map((kind) => [kind, concerns.filter(({ metric }) => metric === kind).length]));
}

function sorted<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): Item[] {
  const keyed = items.map((item) => [keyOf(item).join('\0'), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}
