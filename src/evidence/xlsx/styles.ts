import { COLUMNS } from '../counts';
import { STATUSES } from '../status';

/** Numbers of the styles of cells. */
export const STYLE = { plain: 1, wrapped: 2, heading: 3, title: 4, soft: 5, link: 6 } as const;

const FIRST_COLOURED = 7;

/** Words that tell a result or a status, and their colours. */
const WORDS: readonly (readonly [word: string, colour: string])[] = [
  [COLUMNS.error, 'FFB3261E'],
  [COLUMNS.warning, 'FF8A5300'],
  [COLUMNS.info, 'FF4A5A86'],
  [COLUMNS.undetermined, 'FF6B4A8C'],
  [COLUMNS.exception, 'FF7A5C00'],
  [COLUMNS.inherited, 'FF38618C'],
  [COLUMNS.pass, 'FF1C6B43'],
  [STATUSES.open, 'FFB3261E'],
  [STATUSES.review, 'FF8A5300'],
  [STATUSES.supported, 'FF1C6B43'],
];

/** The style of a cell that holds one of these words. */
export const COLOURED: Readonly<Record<string, number | undefined>> = Object.assign(
  Object.create(null),
  Object.fromEntries(WORDS.map(([word], index) => [word, FIRST_COLOURED + index])),
);

const INK = 'FF1D2329';
const SOFT = 'FF57616B';
const ACCENT = 'FF0B5F7D';

const font = (colour: string, more = '', size = 11) =>
  `<font>${more}<sz val="${size}"/><color rgb="${colour}"/><name val="Calibri"/><family val="2"/></font>`;

const FONTS = [
  font(INK),
  font('FFFFFFFF', '<b/>'),
  font(INK, '<b/>', 18),
  font(SOFT),
  font(ACCENT, '<u/>'),
  ...WORDS.map(([, colour]) => font(colour, '<b/>')),
];

const format = (fontId: number, alignment = '', fill = 0) =>
  `<xf numFmtId="0" fontId="${fontId}" fillId="${fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment ${alignment || 'vertical="top"'}/></xf>`;

const FORMATS = [
  format(0),
  format(0),
  format(0, 'vertical="top" wrapText="1"'),
  format(1, 'vertical="center"', 2),
  format(2, 'vertical="center"'),
  format(3),
  format(4),
  ...WORDS.map((_, index) => format(5 + index)),
];

/** The part of a workbook that holds its styles. */
export const STYLES = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="${FONTS.length}">${FONTS.join('')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="${ACCENT}"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${FORMATS.length}">${FORMATS.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
