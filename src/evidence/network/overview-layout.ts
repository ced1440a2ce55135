import { visible } from '../text';
import { type Arrow, type Box, type Drawing, fitted, type Words } from './drawing';
import { INK, INTERNET_STYLE, LINE, OUTSIDE, SOFT, WHITE, ZONE_STYLES } from './style';
import { INTERNET, type MapNode, type SystemMap } from './system-map';

const MARGIN = 36;
const CARD = 300;
const GAP = 34;
const MOST_LINES = 9;
const MOST_COLUMNS = 4;
const ROW = 24;

/** Lay out several environments side by side, production first: what each has, and what of it the internet reaches. */
export function overviewLayout(maps: readonly SystemMap[], asOf: string): Drawing {
  const columns = Math.min(MOST_COLUMNS, maps.length);
  const width = Math.max(2 * MARGIN + columns * CARD + (columns - 1) * GAP, 900);
  const boxes: Box[] = [];
  const arrows: Arrow[] = [];
  const words: Words[] = [
    { x: MARGIN, y: 50, text: 'How the system is built', size: 24, colour: INK, isBold: true },
    {
      x: MARGIN,
      y: 74,
      text: `${maps.length} environments, drawn from their CloudFormation templates, as of ${asOf}`,
      size: 12,
      colour: SOFT,
    },
  ];
  const internet = { x: MARGIN, y: 100, width: width - 2 * MARGIN, height: 46 };
  boxes.push({ id: INTERNET, ...internet, fill: INTERNET_STYLE.fill, stroke: INTERNET_STYLE.stroke, radius: 12 });
  boxes.push({
    id: 'internet-glyph',
    x: MARGIN + 10,
    y: 106,
    width: 34,
    height: 34,
    fill: 'none',
    stroke: 'none',
    radius: 0,
    glyph: 'globe',
    accent: INTERNET_STYLE.accent,
  });
  words.push({ x: MARGIN + 54, y: 128, text: 'The internet', size: 13, colour: INK, isBold: true });

  let y = internet.y + internet.height + 60;
  for (let start = 0; start < maps.length; start += columns) {
    const row = maps.slice(start, start + columns);
    const height = Math.max(...row.map((map) => 92 + Math.min(MOST_LINES, Math.max(1, map.nodes.length)) * ROW + 62));
    row.forEach((map, column) => {
      const x = MARGIN + column * (CARD + GAP);
      addCard(map, x, y, height, `card-${start + column}`, boxes, words);
      const ports = [...new Set(map.links.filter(({ from }) => from === INTERNET).flatMap(({ label }) => label.split(', ')))];
      if (start === 0 && ports.length > 0)
        arrows.push(arrowDown(x + CARD / 2, internet.y + internet.height, y, `card-${column}`, ports));
    });
    y += height + GAP;
  }
  words.push({ x: MARGIN, y: y + 6, text: linksBetween(maps), size: 11.5, colour: SOFT });
  words.push({
    x: MARGIN,
    y: y + 26,
    text: 'Each environment has a page of its own, with every connection. A solid line is the boundary of an AWS account and Region.',
    size: 10.5,
    colour: SOFT,
  });
  return { width, height: y + 52, boxes, arrows, words };
}

function addCard(map: SystemMap, x: number, y: number, height: number, id: string, boxes: Box[], words: Words[]): void {
  const isProduction = map.environment.declared.some(({ kind }) => kind === 'PRODUCTION');
  boxes.push({
    id,
    x,
    y,
    width: CARD,
    height,
    fill: isProduction ? '#f4f9f6' : '#fcfdfc',
    stroke: isProduction ? '#1c6b43' : '#8a969e',
    radius: 14,
  });
  words.push({
    x: x + 18,
    y: y + 30,
    text: fitted(visible(map.title), CARD - 36, 15, true),
    size: 15,
    colour: INK,
    isBold: true,
  });
  words.push({ x: x + 18, y: y + 49, text: fitted(visible(map.place), CARD - 36, 10.5), size: 10.5, colour: SOFT });
  const shown = map.nodes.slice(0, map.nodes.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES);
  let line = y + 66;
  shown.forEach((node, index) => {
    addLine(node, x, line, `${id}-${index}`, boxes, words);
    line += ROW;
  });
  if (shown.length < map.nodes.length)
    words.push({ x: x + 50, y: line + 15, text: `and ${map.nodes.length - shown.length} more kinds`, size: 10.5, colour: SOFT });
  if (shown.length === 0) words.push({ x: x + 18, y: line + 15, text: 'Nothing that serves users', size: 11, colour: SOFT });
  const present = map.safeguards.filter(({ isEmpty }) => !isEmpty);
  boxes.push({
    id: `${id}-safeguards`,
    x: x + 14,
    y: y + height - 56,
    width: CARD - 28,
    height: 42,
    fill: WHITE,
    stroke: LINE,
    radius: 8,
  });
  words.push({ x: x + 26, y: y + height - 39, text: 'Watched over by', size: 10, colour: SOFT });
  const names = present.map(({ title }) => title.toLowerCase()).join(', ') || 'nothing in these templates';
  words.push({ x: x + 26, y: y + height - 23, text: fitted(names, CARD - 56, 11), size: 11, colour: INK });
}

function addLine(node: MapNode, x: number, y: number, id: string, boxes: Box[], words: Words[]): void {
  const { fill, stroke, accent } = ZONE_STYLES[node.zone];
  boxes.push({ id, x: x + 16, y, width: 22, height: 22, fill, stroke, radius: 5 });
  boxes.push({
    id: `${id}-glyph`,
    x: x + 16,
    y,
    width: 22,
    height: 22,
    fill: 'none',
    stroke: 'none',
    radius: 0,
    glyph: node.kind.glyph,
    accent,
  });
  words.push({ x: x + 50, y: y + 15.5, text: fitted(visible(node.title), CARD - 66, 11.5), size: 11.5, colour: INK });
}

function arrowDown(x: number, from: number, to: number, id: string, ports: readonly string[]): Arrow {
  const label = ports.length > 2 ? `${ports.slice(0, 2).join(', ')}, …` : ports.join(', ');
  return {
    from: INTERNET,
    to: id,
    points: [
      { x, y: from },
      { x, y: to },
    ],
    label,
    labelAt: { x, y: (from + to) / 2 },
    colour: OUTSIDE,
  };
}

function linksBetween(maps: readonly SystemMap[]): string {
  const joined = maps.filter(({ nodes }) => nodes.some(({ kind }) => /peering|Transit/.test(kind.service)));
  if (joined.length === 0) return 'No template joins the network of one environment to another.';
  return `Joined to other networks: ${joined.map(({ title, place }) => `${visible(title)} (${visible(place)})`).join('; ')}.`;
}
