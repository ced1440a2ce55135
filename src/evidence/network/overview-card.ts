import { visible } from '../text';
import { type Box, fitted, type Words } from './drawing';
import { CONCERN } from './facts';
import type { GlyphName } from './glyphs';
import { internetComesTo } from './links';
import type { Place } from './overview-layout';
import { CONCERN_COLOUR, INK, LINE, OUTSIDE, SOFT, WHITE, ZONE_STYLES } from './style';
import { INTERNET, type SystemMap } from './system-map';

const MOST_LINES = 9;
const ROW = 24;
const HEAD = 92;
const FOOT = 66;

/** A line of a card, with its sign. */
interface Line {
  readonly text: string;
  readonly glyph: GlyphName;
  readonly fill: string;
  readonly stroke: string;
  readonly accent: string;
  readonly concern?: string;
}

/** The ports that the internet reaches an environment by, in words; empty where it reaches nothing. */
export function portsFromInternet({ links }: SystemMap): string {
  return [...new Set(links.filter(({ from }) => from === INTERNET).flatMap(({ label }) => label.split(', ')))].join(', ');
}

export function cardHeight(map: SystemMap): number {
  return HEAD + Math.min(MOST_LINES, Math.max(1, linesOf(map).length)) * ROW + (map.nodes.length > 0 ? FOOT : 6);
}

/** One environment: what it is, what runs there, and what watches over it. */
export function addCard(map: SystemMap, place: Place, boxes: Box[], words: Words[]): void {
  const { id, x, y, width, height } = place;
  const isProduction = map.environment.declared.some(
    ({ kind, servesEveryEnvironment }) => kind === 'PRODUCTION' && !servesEveryEnvironment,
  );
  const [fill, stroke] = isProduction ? ['#f4f9f6', '#1c6b43'] : ['#fcfdfc', '#8a969e'];
  boxes.push({ id, x, y, width, height, fill, stroke, radius: 14 });
  const write = (text: string, top: number, size: number, colour: string, isBold = false) =>
    words.push({ x: x + 18, y: y + top, text: fitted(visible(text), width - 36, size, isBold), size, colour, isBold });
  write(map.title, 30, 15, INK, true);
  write(map.place, 49, 10.5, SOFT);
  const ports = portsFromInternet(map);
  if (ports === '') write('No way in from the internet is drawn', 67, 10.5, SOFT);
  else write(`From the internet: ${ports}`, 67, 10.5, OUTSIDE);

  const lines = linesOf(map);
  const shown = lines.slice(0, lines.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES);
  shown.forEach((line, index) => {
    addLine(line, { ...place, id: `${id}-${index}`, y: y + HEAD - 10 + index * ROW }, boxes, words);
  });
  const end = HEAD + 6 + shown.length * ROW;
  if (shown.length < lines.length) write(`and ${lines.length - shown.length} more kinds`, end, 10.5, SOFT);
  if (lines.length === 0) write('Nothing that serves users or watches over it', end, 11, SOFT);
  addWatch(map, place, boxes, words);
}

/** What an environment has: what serves users, or else what the account is there for. */
function linesOf({ nodes, safeguards, links }: SystemMap): Line[] {
  if (nodes.length > 0)
    return nodes.map(({ id, title, zone, kind: { glyph }, facts }) => {
      const isPrivate = zone !== 'edge' && zone !== 'entry';
      const comes = isPrivate ? internetComesTo(links, [id]) : 'not';
      const concern = facts.find((fact) => fact.startsWith(CONCERN))?.slice(CONCERN.length);
      return {
        text: title,
        glyph,
        ...ZONE_STYLES[zone],
        concern: comes === 'not' ? concern : `the internet ${comes === 'surely' ? 'is' : 'may be'} let in`,
      };
    });
  const style = { fill: '#f4f6f4', stroke: '#d8dedb', accent: '#3d4d57' };
  return safeguards
    .filter(({ isEmpty }) => !isEmpty)
    .flatMap(({ glyph, lines }) => lines.map((text) => ({ text, glyph, ...style })));
}

function addLine(
  { text, glyph, fill, stroke, accent, concern }: Line,
  { id, x, y, width }: Place,
  boxes: Box[],
  words: Words[],
): void {
  const square = { x: x + 16, y, width: 22, height: 22 };
  boxes.push({ id, ...square, fill, stroke, radius: 5 });
  boxes.push({ id: `${id}-glyph`, ...square, fill: 'none', stroke: 'none', radius: 0, glyph, accent });
  const said = concern === undefined ? text : `${text}: ${concern.toLowerCase()}`;
  const colour = concern === undefined ? INK : CONCERN_COLOUR;
  words.push({ x: x + 50, y: y + 15.5, text: fitted(visible(said), width - 66, 11.5), size: 11.5, colour });
}

function addWatch({ safeguards, nodes }: SystemMap, { id, x, y, width, height }: Place, boxes: Box[], words: Words[]): void {
  if (nodes.length === 0) return;
  const top = y + height - 56;
  boxes.push({ id: `${id}-safeguards`, x: x + 14, y: top, width: width - 28, height: 42, fill: WHITE, stroke: LINE, radius: 8 });
  words.push({ x: x + 26, y: top + 17, text: 'Watched over by', size: 10, colour: SOFT });
  const present = safeguards.filter(({ isEmpty }) => !isEmpty).map(({ title }) => title.toLowerCase());
  const names = present.join(', ') || 'nothing in these templates';
  words.push({ x: x + 26, y: top + 33, text: fitted(names, width - 56, 10.5), size: 10.5, colour: INK });
}
