import type { JsonObject } from '../../model/json';
import type { EvidenceRecord } from './evidence-record';
import type { OperatingRecord } from './operating-evidence';

/** A row of a record, with where it is from. */
export interface OperatingRow {
  readonly account: string;
  readonly region: string;
  readonly data: JsonObject;
}

/**
 * The rows of a query, one file in memory at a time.
 *
 * Where there are several collections of an account, each row is told once, as the newest of them tells it; and of what is so at the
 * moment of collection, only the newest counts.
 */
export function* rowsOf(records: readonly OperatingRecord[]): Generator<OperatingRow> {
  const areMany = new Set(records.map(({ evidence }) => evidence)).size > 1;
  const newestFirst = [...records].sort((a, b) => (a.evidence.collection.period.to < b.evidence.collection.period.to ? 1 : -1));
  const places = new Set<string>();
  const seen = new Set<string>();
  for (const { record, evidence } of areMany ? newestFirst : records) {
    const region = record.region ?? 'whole account';
    const place = `${record.account} ${region}`;
    if (record.covers === 'moment' && areMany) {
      if (places.has(place)) continue;
      places.add(place);
    }
    const { payload } = JSON.parse(evidence.read(record.path).toString('utf8')) as EvidenceRecord;
    for (const { path } of payload)
      for (const line of evidence.read(path).toString('utf8').split('\n').slice(0, -1)) {
        const { id, data } = JSON.parse(line);
        if (areMany) {
          if (seen.has(`${place} ${id}`)) continue;
          seen.add(`${place} ${id}`);
        }
        yield { account: record.account, region, data };
      }
  }
}

/** Records of the same query, of all Regions, by collector and query. */
export function byQuery(records: readonly OperatingRecord[]): Map<string, OperatingRecord[]> {
  const queries = new Map<string, OperatingRecord[]>();
  for (const each of records) {
    const key = `${each.record.collector}/${each.record.query}`;
    const known = queries.get(key);
    if (known) known.push(each);
    else queries.set(key, [each]);
  }
  return queries;
}
