const DAY = 86_400_000;

/** For how long something was open, in days with two decimals; none for what is open still. */
export interface TimeOpen {
  readonly openDays: number | null;
  readonly resolvedAt: string | null;
  readonly resolvedAfterDays: number | null;
}

/** Measure from when something was found until it was resolved, or until now. Clocks may differ: no time is negative. */
export function timeOpen(found: string | Date | undefined, resolved: string | Date | undefined, now: Date): TimeOpen {
  const since = timeOf(found);
  const until = timeOf(resolved);
  if (until === undefined) return { openDays: days(since, now.getTime()), resolvedAt: null, resolvedAfterDays: null };
  return { openDays: null, resolvedAt: new Date(until).toISOString(), resolvedAfterDays: days(since, until) };
}

/** Whether something is known to be of later than the end of a period, which does not belong to it. */
export function isAtOrAfter(time: string | undefined, end: Date): boolean {
  const value = timeOf(time);
  return value !== undefined && value >= end.getTime();
}

function timeOf(time: string | Date | undefined): number | undefined {
  if (time === undefined) return undefined;
  const value = new Date(time).getTime();
  return Number.isNaN(value) ? undefined : value;
}

function days(since: number | undefined, until: number): number | null {
  return since === undefined ? null : Math.round((Math.max(0, until - since) / DAY) * 100) / 100;
}
