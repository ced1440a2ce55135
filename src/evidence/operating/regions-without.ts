import type { OperatingRecord } from './operating-evidence';

/** Queries of settings that every Region must have: where AWS tells of none, nothing is recorded or watched. */
const NEEDED: ReadonlySet<string> = new Set([
  'cloudtrail-settings/trail-status',
  'config-rules/recorders',
  'guardduty/detectors',
]);

/** Regions that have none of what every Region must have, as the newest record of each tells it. */
export function regionsWithout(query: string, records: readonly OperatingRecord[]): string[] {
  if (!NEEDED.has(query)) return [];
  const newest = new Map<string, OperatingRecord>();
  for (const each of records) {
    const region = each.record.region ?? 'the whole account';
    const known = newest.get(region);
    if (!known || known.evidence.collection.period.to < each.evidence.collection.period.to) newest.set(region, each);
  }
  // What could not be read may be there.
  return [...newest].filter(([, { record }]) => record.rows === 0 && record.complete).map(([region]) => region);
}
