import { Workbook, type Worksheet } from 'exceljs';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { Ledger } from '../../checks/ledger';
import { COLUMNS } from '../counts';
import { STATUSES } from '../status';
import { systemName } from '../system-name';
import type { Cell, Table } from '../tables/table';
import { shorten, spokenTime } from '../text';

/** A cell of Excel holds no more characters. */
const MOST_CHARACTERS = 32_000;

const FONT = 'Calibri';
const INK = 'FF1D2329';
const SOFT = 'FF57616B';

/** Colours of the words that tell a result or a status. */
const COLOURS: Readonly<Record<string, string>> = {
  [COLUMNS.error]: 'FFB3261E',
  [COLUMNS.warning]: 'FF8A5300',
  [COLUMNS.undetermined]: 'FF6B4A8C',
  [COLUMNS.exception]: 'FF7A5C00',
  [COLUMNS.inherited]: 'FF38618C',
  [COLUMNS.pass]: 'FF1C6B43',
  [STATUSES.open]: 'FFB3261E',
  [STATUSES.review]: 'FF8A5300',
  [STATUSES.supported]: 'FF1C6B43',
};

/** Lists as a workbook: the same lists give the same bytes. */
export async function workbookOf(
  { ledger }: { readonly ledger: Ledger },
  title: string,
  tables: readonly Table[],
): Promise<Uint8Array> {
  const time = new Date(ledger.synthesis.time);
  const workbook = new Workbook();
  workbook.creator = `cdk-soc2 ${ledger.synthesis.versions['cdk-soc2']}`;
  workbook.title = title;
  workbook.created = time;
  workbook.modified = time;
  addCover(workbook, ledger, title, tables);
  for (const table of tables) addSheet(workbook, table);
  const zip = unzipSync(new Uint8Array(await workbook.xlsx.writeBuffer()));
  // Files in a ZIP carry a time: that of the ledger, not of today, and none before ZIP could tell it.
  const mtime = new Date(Math.max(time.getTime(), Date.UTC(1980, 0, 2)));
  const files: Zippable = Object.fromEntries(Object.keys(zip).map((name) => [name, [zip[name], { mtime: utcAsLocal(mtime) }]]));
  return zipSync(files, { level: 6 });
}

/** ZIP tells times without a zone: this one is read as UTC wherever it is written. */
function utcAsLocal(time: Date): Date {
  return new Date(time.getTime() + time.getTimezoneOffset() * 60_000);
}

function addCover(workbook: Workbook, ledger: Ledger, title: string, tables: readonly Table[]): void {
  const sheet = workbook.addWorksheet('About', { views: [{ showGridLines: false }] });
  sheet.columns = [{ width: 22 }, { width: 96 }];
  sheet.addRow([title]).font = { name: FONT, size: 18, bold: true, color: { argb: INK } };
  sheet.addRow(['Design evidence that supports SOC 2 criteria']).font = { name: FONT, color: { argb: SOFT } };
  sheet.addRow([]);
  const { synthesis } = ledger;
  const facts: [string, string][] = [
    ['System', systemName(ledger)],
    ['As of', spokenTime(synthesis.time)],
    ['Ledger', synthesis.id],
    ['Commit', synthesis.commit ?? 'not known'],
    ['Written by', `cdk-soc2 ${synthesis.versions['cdk-soc2']}`],
  ];
  for (const [name, fact] of facts) addFact(sheet, name, fact);
  sheet.addRow([]);
  for (const table of tables) {
    const row = addFact(sheet, table.title, `${table.what} ${table.rows.length.toLocaleString('en-US')} rows.`);
    row.getCell(1).value = { text: table.title, hyperlink: `#'${table.title}'!A1` };
    row.getCell(1).font = { name: FONT, color: { argb: 'FF0B5F7D' }, underline: true };
  }
}

function addFact(sheet: Worksheet, name: string, fact: string) {
  const row = sheet.addRow([name, fact]);
  row.getCell(1).font = { name: FONT, color: { argb: SOFT } };
  row.getCell(2).font = { name: FONT, color: { argb: INK } };
  row.getCell(2).alignment = { wrapText: true, vertical: 'top' };
  return row;
}

function addSheet(workbook: Workbook, { title, columns, rows }: Table): void {
  const sheet = workbook.addWorksheet(title, {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 },
    headerFooter: { oddFooter: '&L&A&RPage &P of &N' },
  });
  const headings = Object.keys(columns);
  sheet.columns = headings.map((heading) => ({
    width: columns[heading],
    style: { font: { name: FONT, color: { argb: INK } }, alignment: { vertical: 'top', wrapText: columns[heading] >= 24 } },
  }));
  const head = sheet.getRow(1);
  head.values = headings;
  head.height = 22;
  head.eachCell((cell) => {
    cell.font = { name: FONT, bold: true, color: { argb: 'FFFFFFFF' } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF0B5F7D' } };
    cell.alignment = { vertical: 'middle' };
  });
  sheet.pageSetup.printTitlesRow = '1:1';
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: Math.max(1, rows.length + 1), column: headings.length } };
  for (const cells of rows) {
    const row = sheet.addRow(cells.map(written));
    cells.forEach((cell, index) => {
      const colour = typeof cell === 'string' ? COLOURS[cell] : undefined;
      if (colour) row.getCell(index + 1).font = { name: FONT, bold: true, color: { argb: colour } };
    });
  }
}

/** Text stays text: a workbook has no formula in it, and no cell that is longer than Excel reads. */
function written(cell: Cell): Cell {
  return typeof cell === 'string' ? shorten(cell, MOST_CHARACTERS) : cell;
}
