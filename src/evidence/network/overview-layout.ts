import { counted, visible } from '../text';
import { type Arrow, type Box, type Drawing, fitted, type Words, widthOf } from './drawing';
import { type Flow, flowsOf } from './flows';
import { addCard, cardHeight, portsFromInternet } from './overview-card';
import { ARROW, INK, INTERNET_STYLE, OUTSIDE, SOFT } from './style';
import { INTERNET, type SystemMap } from './system-map';

const MARGIN = 36;
const GAP = 34;
const WIDTH = 1_260;
const MOST_COLUMNS = 4;
/** The others are told by name, and have pages of their own. */
const MOST_CARDS = 12;
const CHANNEL = 26;

/** Lay out several environments side by side, production first: what each has, what of it the internet reaches, and what goes over. */
export function overviewLayout(maps: readonly SystemMap[], asOf: string): Drawing {
  const shown = maps.slice(0, MOST_CARDS);
  const parts = shown.length < 3 ? [shown] : [shown.filter(isServing), shown.filter((map) => !isServing(map))];
  const columns = Math.min(MOST_COLUMNS, Math.max(...parts.map(({ length }) => length)));
  const rows = parts.flatMap((part) => inRows(part, columns));
  const card = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns;
  const boxes: Box[] = [];
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
  const below = addInternet(boxes, words);
  const arrows: Arrow[] = [];
  const flows = flowsOf(shown);
  const undrawn: Flow[] = [];
  const places = new Map<SystemMap, Place>();
  let y = below + 60;
  rows.forEach((row, index) => {
    const height = Math.max(...row.map(cardHeight));
    row.forEach((map, column) => {
      const place = { id: `card-${index}-${column}`, row: index, x: MARGIN + column * (card + GAP), y, width: card, height };
      places.set(map, place);
      addCard(map, place, boxes, words);
      const ports = portsFromInternet(map);
      if (index === 0 && ports !== '') arrows.push(arrowDown(place, below, ports));
    });
    // Cards below are where the arrows to them need them to be.
    y += height + GAP + CHANNEL * flows.filter(({ from }) => row.includes(from)).length;
  });
  const channels = new Map<number, number>();
  for (const flow of flows) {
    const [from, to] = [places.get(flow.from)!, places.get(flow.to)!];
    if (to.row !== from.row && to.row !== from.row + 1) undrawn.push(flow);
    else {
      const number = (channels.get(from.row) ?? 0) + 1;
      channels.set(from.row, number);
      arrows.push(arrowBelow(flow.label, from, to, from.y + from.height + CHANNEL * number));
    }
  }
  for (const text of notes(maps, shown, undrawn)) {
    words.push({ x: MARGIN, y: y + 6, text: fitted(text, WIDTH - 2 * MARGIN, 11.5), size: 11.5, colour: SOFT });
    y += 20;
  }
  return { width: WIDTH, height: y + 26, boxes, arrows, words };
}

/** Where a card is. */
export interface Place {
  readonly id: string;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws the internet across the page; answers with where it ends. */
function addInternet(boxes: Box[], words: Words[]): number {
  const { fill, stroke, accent } = INTERNET_STYLE;
  const glyph = { x: MARGIN + 10, y: 106, width: 34, height: 34, fill: 'none', stroke: 'none', radius: 0 };
  boxes.push({ id: INTERNET, x: MARGIN, y: 100, width: WIDTH - 2 * MARGIN, height: 46, fill, stroke, radius: 12 });
  boxes.push({ id: 'internet-glyph', ...glyph, glyph: 'globe', accent });
  words.push({ x: MARGIN + 54, y: 128, text: 'The internet', size: 13, colour: INK, isBold: true });
  const side = 'Not trusted: users, and everyone else';
  words.push({ x: MARGIN + 62 + widthOf('The internet', 13, true), y: 128, text: side, size: 11, colour: SOFT });
  return 146;
}

function arrowDown({ id, x, y, width }: Place, from: number, label: string): Arrow {
  const middle = x + width / 2;
  return {
    from: INTERNET,
    to: id,
    points: [
      { x: middle, y: from },
      { x: middle, y },
    ],
    label: fitted(label, width - 40, 10),
    labelAt: { x: middle, y: (from + y) / 2 },
    colour: OUTSIDE,
  };
}

/** An arrow from one card to another of the same row, or of the row below. */
function arrowBelow(label: string, source: Place, target: Place, channel: number): Arrow {
  const side = source.x === target.x ? 0 : source.x < target.x ? 1 : -1;
  const isSame = source.row === target.row;
  const start = source.x + source.width * (0.5 + 0.2 * side);
  const end = target.x + target.width * (0.5 - 0.2 * side);
  const bottom = source.y + source.height;
  return {
    from: source.id,
    to: target.id,
    points: [
      { x: start, y: bottom },
      { x: start, y: channel },
      { x: end, y: channel },
      { x: end, y: isSame ? bottom : target.y },
    ],
    label,
    labelAt: { x: (start + end) / 2, y: channel },
    colour: ARROW,
  };
}

/** Whether users are served there; else it watches over the others. */
function isServing({ nodes }: SystemMap): boolean {
  return nodes.length > 0;
}

function inRows<T>(items: readonly T[], columns: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / columns) }, (_, row) => items.slice(row * columns, (row + 1) * columns));
}

/** What the picture does not show by itself. */
function notes(maps: readonly SystemMap[], shown: readonly SystemMap[], undrawn: readonly Flow[]): string[] {
  const joined = maps.filter(({ nodes }) => nodes.some(({ kind }) => /peering|Transit/.test(kind.service)));
  const name = ({ title, place }: SystemMap) => `${visible(title)} (${visible(place)})`;
  const rest = maps.length - shown.length;
  return [
    ...(rest > 0 ? [`${counted(rest, 'more environment')}: ${maps.slice(shown.length).map(name).join('; ')}`] : []),
    joined.length === 0
      ? 'No template joins the network of one environment to another.'
      : `Joined to other networks: ${joined.map(name).join('; ')}.`,
    ...(undrawn.length > 0
      ? [`Also: ${undrawn.map(({ from, to, label }) => `${label} from ${name(from)} to ${name(to)}`).join('; ')}.`]
      : []),
    'Each environment has a page of its own, with every connection. A solid line is the boundary of an AWS account and Region: a green one is production.',
  ];
}
