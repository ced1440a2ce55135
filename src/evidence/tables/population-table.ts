import { isObject, type Json } from '../../model/json';
import { inReadingOrder } from '../operating/first-columns';
import type { OperatingRecord } from '../operating/operating-evidence';
import { rowsOf } from '../operating/operating-rows';
import { type Cell, said, type Table } from './table';

/** Rows of a file: spreadsheet programs open that many. */
const MOST_ROWS = 50_000;

/** The rows of a query, of all Regions, in as many lists as they need: every row, and every member that any of them has. */
export function* populationTables(
  query: string,
  records: readonly OperatingRecord[],
): Generator<Pick<Table, 'columns' | 'rows'>> {
  const names = new Set<string>();
  for (const { data } of rowsOf(records)) for (const name of Object.keys(data)) names.add(name);
  const members = inReadingOrder(query, [...names].sort());
  const columns = Object.fromEntries(['Region', ...members.map(said)].map((name) => [name, 24]));
  let rows: Cell[][] = [];
  let isFirst = true;
  for (const { region, data } of rowsOf(records)) {
    rows.push([region, ...members.map((name) => cellOf(data[name]))]);
    if (rows.length < MOST_ROWS) continue;
    yield { columns, rows };
    rows = [];
    isFirst = false;
  }
  // That there is nothing is said, too.
  if (rows.length > 0 || isFirst) yield { columns, rows };
}

/** A member as it stands in a cell: lists and objects as JSON. */
export function cellOf(value: Json | undefined): Cell {
  if (typeof value === 'number') return value;
  if (value === undefined || value === null) return '';
  return said(isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value));
}
