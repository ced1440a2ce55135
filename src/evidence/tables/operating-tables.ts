import { isObject, type Json } from '../../model/json';
import type { EvidenceRecord } from '../operating/evidence-record';
import type { OperatingRecord } from '../operating/operating-evidence';
import { grouped, shorten } from '../text';
import { type Cell, said, type Table } from './table';

/** Rows of a population in a workbook; all of them stand in the files of the record. */
const MOST_ROWS = 20_000;
/** Members of rows that get a column of their own. */
const MOST_COLUMNS = 16;
/** Characters of a cell. */
const MOST_TEXT = 2_000;

/** The records that show a control, and their rows: one list for each query, of all Regions. */
export function operatingTables(records: readonly OperatingRecord[]): Table[] {
  const queries = new Map<string, OperatingRecord[]>();
  for (const each of records) {
    const key = `${each.record.collector} ${each.record.query}`;
    queries.set(key, [...(queries.get(key) ?? []), each]);
  }
  const titles = new Set<string>();
  return [recordsTable(records), ...[...queries.values()].map((members) => rowsTable(members, titles))];
}

function recordsTable(records: readonly OperatingRecord[]): Table {
  return {
    name: 'records',
    title: 'Records',
    what: 'What was asked of AWS, for which period, and how much came.',
    columns: {
      Title: 50,
      Account: 15,
      Region: 15,
      From: 22,
      To: 22,
      Rows: 9,
      Complete: 11,
      'Not told by AWS': 40,
      File: 60,
      SHA: 66,
    },
    rows: records.map(({ record, evidence: { collection, path } }) => [
      said(record.title),
      record.account,
      record.region ?? 'whole account',
      record.covers === 'period' ? collection.period.from : 'at the moment',
      record.covers === 'period' ? collection.period.to : collection.finished,
      record.rows,
      record.complete ? 'yes' : 'no',
      said(record.truncated),
      `${path}/${record.path}`,
      record.id,
    ]),
  };
}

function rowsTable(members: readonly OperatingRecord[], titles: Set<string>): Table {
  const [{ record: first }] = members;
  const all = members.reduce((sum, { record }) => sum + record.rows, 0);
  const rows: { readonly region: string; readonly data: Readonly<Record<string, Json>> }[] = [];
  for (const { record, evidence } of members) {
    const { payload } = JSON.parse(evidence.read(record.path).toString('utf8')) as EvidenceRecord;
    for (const { path } of payload) {
      if (rows.length >= MOST_ROWS) break;
      for (const line of evidence.read(path).toString('utf8').split('\n').slice(0, -1)) {
        if (rows.length >= MOST_ROWS) break;
        rows.push({ region: record.region ?? 'whole account', data: JSON.parse(line).data });
      }
    }
  }
  const names = [...new Set(rows.slice(0, 1_000).flatMap(({ data }) => Object.keys(data)))];
  const columns = names.slice(0, MOST_COLUMNS);
  return {
    name: first.query,
    title: sheetName(first.query, titles),
    what: `${said(first.title)}.${all > rows.length ? ` The first ${grouped(rows.length)} of ${grouped(all)}; all stand in the files of the records.` : ''}`,
    columns: Object.fromEntries([['Region', 15], ...columns.map((name): [string, number] => [said(shorten(name, 60)), 24])]),
    rows: rows.map(({ region, data }) => [region, ...columns.map((name) => cellOf(data[name]))]),
  };
}

function cellOf(value: Json | undefined): Cell {
  if (typeof value === 'number') return value;
  if (value === undefined || value === null) return '';
  return said(shorten(isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value), MOST_TEXT));
}

/** Names of sheets have 31 characters at most, and differ. */
function sheetName(query: string, titles: Set<string>): string {
  let name = query.slice(0, 31);
  for (let number = 2; titles.has(name); number++) name = `${query.slice(0, 28)} ${number}`;
  titles.add(name);
  return name;
}
