import type { Json } from '../../model/json';
import { inReadingOrder } from '../operating/first-columns';
import type { OperatingRecord } from '../operating/operating-evidence';
import { byQuery, type OperatingRow, rowsOf } from '../operating/operating-rows';
import { grouped, shorten } from '../text';
import { cellOf } from './population-table';
import { type Cell, said, type Table } from './table';

/** Rows of a population in a workbook; all of them stand in the files of the record. */
const MOST_ROWS = 20_000;
/** Members of rows that get a column of their own. */
const MOST_COLUMNS = 16;
/** Characters of a cell. */
const MOST_TEXT = 2_000;

/** The records that show a control, and their rows: one list for each query, of all Regions. */
export function operatingTables(records: readonly OperatingRecord[]): Table[] {
  const titles = new Set<string>();
  return [recordsTable(records), ...[...byQuery(records)].map(([query, members]) => rowsTable(query, members, titles))];
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

function rowsTable(query: string, members: readonly OperatingRecord[], titles: Set<string>): Table {
  const [{ record: first }] = members;
  const all = members.reduce((sum, { record }) => sum + record.rows, 0);
  const rows: OperatingRow[] = [];
  for (const row of rowsOf(members)) {
    if (rows.length >= MOST_ROWS) break;
    rows.push(row);
  }
  const names = [...new Set(rows.slice(0, 1_000).flatMap(({ data }) => Object.keys(data)))];
  const columns = inReadingOrder(query, names).slice(0, MOST_COLUMNS);
  return {
    name: first.query,
    title: sheetName(first.query, titles),
    what: `${said(first.title)}.${all > rows.length ? ` The first ${grouped(rows.length)} of ${grouped(all)}; all stand in the files of the records.` : ''}`,
    columns: Object.fromEntries([['Region', 15], ...columns.map((name): [string, number] => [said(shorten(name, 60)), 24])]),
    rows: rows.map(({ region, data }) => [region, ...columns.map((name) => shortCell(data[name]))]),
  };
}

function shortCell(value: Json | undefined): Cell {
  const cell = cellOf(value);
  return typeof cell === 'number' ? cell : shorten(cell, MOST_TEXT);
}

/** Names of sheets have 31 characters at most, and differ. */
function sheetName(query: string, titles: Set<string>): string {
  let name = query.slice(0, 31);
  for (let number = 2; titles.has(name); number++) name = `${query.slice(0, 28)} ${number}`;
  titles.add(name);
  return name;
}
