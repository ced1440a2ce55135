import { stringify } from 'csv-stringify/sync';
import type { Table } from '../tables/table';
import { tablesOf } from '../tables/tables';
import type { Renderer } from './renderer';

export const CSV: Renderer = {
  format: 'csv',
  what: 'the lists',
  *render(evidence) {
    for (const table of tablesOf(evidence)) yield { path: `${table.name}.csv`, content: csvOf(table) };
  },
};

/** A list as a spreadsheet program may open it: no cell is taken for a formula, whatever a resource is called. */
export function csvOf({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  return stringify([Object.keys(columns), ...rows.map((row) => [...row])], { escape_formulas: true, bom: true });
}
