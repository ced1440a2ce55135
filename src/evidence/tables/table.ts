import { COLUMN_NAMES, COLUMNS, type Counts } from '../counts';
import { visible } from '../text';

export type Cell = string | number;

/** A list of the evidence, as workbooks and CSV files have it. */
export interface Table {
  /** Name of the CSV file, without its ending. */
  readonly name: string;
  /** Name of the sheet. */
  readonly title: string;
  /** What the list is, in a sentence. */
  readonly what: string;
  /** Headings, with how wide the columns are in a workbook, in characters. */
  readonly columns: Readonly<Record<string, number>>;
  readonly rows: readonly (readonly Cell[])[];
}

/** Headings of counts. */
export const COUNT_COLUMNS: Readonly<Record<string, number>> = Object.fromEntries(
  COLUMN_NAMES.map((column) => [COLUMNS[column], 13]),
);

export function countCells(counts: Counts): Cell[] {
  return COLUMN_NAMES.map((column) => counts[column]);
}

/** Text of a template in a cell. */
export function said(text: string | null | undefined): string {
  return visible(text ?? '');
}
