import type { JsonObject } from '../../model/json';
import type { EvidenceRecord } from './evidence-record';
import type { OperatingRecord } from './operating-evidence';

/** A row of a record, with where it is from. */
export interface OperatingRow {
  readonly region: string;
  readonly data: JsonObject;
}

/** The rows of records, one file in memory at a time. */
export function* rowsOf(records: readonly OperatingRecord[]): Generator<OperatingRow> {
  for (const { record, evidence } of records) {
    const { payload } = JSON.parse(evidence.read(record.path).toString('utf8')) as EvidenceRecord;
    for (const { path } of payload)
      for (const line of evidence.read(path).toString('utf8').split('\n').slice(0, -1))
        yield { region: record.region ?? 'whole account', data: JSON.parse(line).data };
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
