import type { Access, Change } from './review';

/** Access that was added or removed since the review before; when it was last used is no change. */
export function changesBetween(before: readonly Access[], now: readonly Access[]): Change[] {
  const [had, has] = [before, now].map((all) => new Map(all.map((access) => [keyOf(access), access])));
  const only = (some: ReadonlyMap<string, Access>, others: ReadonlyMap<string, Access>, change: Change['change']) =>
    [...some].filter(([key]) => !others.has(key)).map(([, access]) => ({ change, access }));
  return [...only(has, had, 'added'), ...only(had, has, 'removed')];
}

function keyOf({ kind, who, through, account, access }: Access): string {
  return JSON.stringify([kind, who, through, account, access]);
}
