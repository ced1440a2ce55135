import type { Cell, Table } from '../tables/table';
import { escaped } from '../text';
import type { SharedTexts } from './shared-texts';
import { COLOURED, STYLE } from './styles';

/** Columns that are narrower hold words, not sentences. */
const WIDE = 24;

const OPEN =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';

/** A list, with headings that stay in sight, filters, and headings on every printed page. */
export function listSheet({ columns, rows }: Pick<Table, 'columns' | 'rows'>, texts: SharedTexts): string {
  const headings = Object.keys(columns);
  const names = headings.map((_, index) => letters(index));
  const styles = headings.map((heading) => (columns[heading] >= WIDE ? STYLE.wrapped : STYLE.plain));
  const lines = rows.map((cells, index) => {
    const written = cells.map((cell, column) => cellOf(cell, `${names[column]}${index + 2}`, styles[column], texts));
    return `<row r="${index + 2}">${written.join('')}</row>`;
  });
  const head = headings.map((heading, column) => cellOf(heading, `${names[column]}1`, STYLE.heading, texts));
  const last = `${names[names.length - 1]}${rows.length + 1}`;
  return `${OPEN}<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>${widths(headings.map((heading) => columns[heading]))}<sheetData><row r="1" ht="22" customHeight="1">${head.join('')}</row>${lines.join('\n')}</sheetData><autoFilter ref="A1:${last}"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>`;
}

/** The sheet that says what the workbook is, and leads to the others. */
export function coverSheet(
  title: string,
  subtitle: string,
  facts: readonly (readonly [string, string])[],
  contents: readonly (readonly [string, string])[],
  texts: SharedTexts,
): string {
  const start = facts.length + 5;
  const pair = ([name, fact]: readonly [string, string], row: number, style: number) =>
    `<row r="${row}">${cellOf(name, `A${row}`, style, texts)}${cellOf(fact, `B${row}`, STYLE.wrapped, texts)}</row>`;
  const rows = [
    `<row r="1" ht="28" customHeight="1">${cellOf(title, 'A1', STYLE.title, texts)}</row>`,
    `<row r="2">${cellOf(subtitle, 'A2', STYLE.soft, texts)}</row>`,
    ...facts.map((fact, index) => pair(fact, index + 4, STYLE.soft)),
    ...contents.map((content, index) => pair(content, index + start, STYLE.link)),
  ];
  const links = contents.map(([sheet], index) => `<hyperlink ref="A${index + start}" location="'${escaped(sheet)}'!A1"/>`);
  return `${OPEN}<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>${widths([22, 96])}<sheetData>${rows.join('\n')}</sheetData><hyperlinks>${links.join('')}</hyperlinks></worksheet>`;
}

function widths(each: readonly number[]): string {
  const columns = each.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`);
  return `<cols>${columns.join('')}</cols>`;
}

/** A cell holds a number or a text, never a formula. */
function cellOf(cell: Cell, reference: string, style: number, texts: SharedTexts): string {
  if (typeof cell === 'number') return `<c r="${reference}" s="${style}"><v>${cell}</v></c>`;
  if (cell === '') return '';
  return `<c r="${reference}" s="${COLOURED[cell] ?? style}" t="s"><v>${texts.numberOf(cell)}</v></c>`;
}

/** `A` to `Z`, `AA` and so on. */
function letters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}
