import { strToU8, type Zippable, zipSync } from 'fflate';
import type { Table } from '../tables/table';
import { escaped, grouped } from '../text';
import { SharedTexts } from './shared-texts';
import { coverSheet, listSheet } from './sheet';
import { STYLES } from './styles';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** What a workbook is, and what is in it. */
export interface Workbook {
  readonly title: string;
  readonly subtitle: string;
  /** What a reader has to know of it, by name. */
  readonly facts: readonly (readonly [string, string])[];
  /** The program that writes it. */
  readonly creator: string;
  /** When it was made. */
  readonly time: Date;
  readonly tables: readonly Table[];
}

/**
 * Lists as a workbook (Office Open XML), with a sheet for each and one that says what they are. The same lists give the same bytes.
 *
 * It is written here, for it is no more than text in cells: libraries for workbooks take ten times the time for it.
 */
export function workbookFile({ title, subtitle, facts, creator, time, tables }: Workbook): Uint8Array {
  const names = ['About', ...tables.map((table) => table.title)];
  const contents: [string, string][] = tables.map((table) => [table.title, `${table.what} ${grouped(table.rows.length)} rows.`]);
  const texts = new SharedTexts();
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(names.length),
    '_rels/.rels': relations([
      ['officeDocument', 'xl/workbook.xml'],
      ['metadata/core-properties', 'docProps/core.xml'],
    ]),
    'docProps/core.xml': coreProperties(title, creator, time),
    'xl/workbook.xml': workbookPart(names),
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, index): [string, string] => ['worksheet', `worksheets/sheet${index + 1}.xml`]),
      ['styles', 'styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': coverSheet(title, subtitle, facts, contents, texts),
  };
  tables.forEach((table, index) => {
    parts[`xl/worksheets/sheet${index + 2}.xml`] = listSheet(table, texts);
  });
  parts['xl/sharedStrings.xml'] = texts.part();
  // Files in a ZIP carry a time: that of what they tell, not of today, and none before ZIP could tell it.
  const mtime = utcAsLocal(new Date(Math.max(time.getTime(), Date.UTC(1980, 0, 2))));
  const files: Zippable = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, [strToU8(part), { mtime }]]));
  return zipSync(files, { level: 4 });
}

/** ZIP tells times without a zone: this one is read as UTC wherever it is written. */
function utcAsLocal(time: Date): Date {
  return new Date(time.getTime() + time.getTimezoneOffset() * 60_000);
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (part: string, content: string) => `<Override PartName="${part}" ContentType="${content}"/>`;
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', `${type}.sheet.main+xml`)}${override('/xl/styles.xml', `${type}.styles+xml`)}${override('/xl/sharedStrings.xml', `${type}.sharedStrings+xml`)}${override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}${Array.from({ length: sheets }, (_, index) => override(`/xl/worksheets/sheet${index + 1}.xml`, `${type}.worksheet+xml`)).join('')}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const items = targets.map(([type, target], index) => {
    const base = type.startsWith('metadata') ? `${PACKAGE}/relationships` : RELATIONS;
    return `<Relationship Id="rId${index + 1}" Type="${base}/${type}" Target="${target}"/>`;
  });
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

function coreProperties(title: string, creator: string, time: Date): string {
  const moment = `${time.toISOString().slice(0, 19)}Z`;
  return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(creator)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified></cp:coreProperties>`;
}

function workbookPart(names: readonly string[]): string {
  const sheets = names.map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  const titles = names
    .slice(1)
    .map(
      (name, index) =>
        `<definedName name="_xlnm.Print_Titles" localSheetId="${index + 1}">'${escaped(name)}'!$1:$1</definedName>`,
    );
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`;
}
