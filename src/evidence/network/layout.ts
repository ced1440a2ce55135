import { visible } from '../text';
import { type Arrow, type Box, type Drawing, fitted, type Words } from './drawing';
import { ZONES, type Zone } from './kinds';
import { legend } from './legend';
import { internetComesTo } from './links';
import { addNode, heightOf, NODE } from './node-box';
import { Router, type Slot } from './router';
import { addSafeguards } from './safeguard-band';
import { CONCERN_COLOUR, INK, INTERNET_STYLE, SOFT, ZONE_STYLES } from './style';
import { INTERNET, type MapNode, type SystemMap } from './system-map';

const PAD = 14;
const GUTTER = 124;
const HEAD = 104;
const ZONE_HEAD = 50;
const GAP = 18;
const MARGIN = 36;
const INTERNET_WIDTH = 150;
const NETWORK_PAD = 14;
const NOTHING = 'Nothing here is of a kind that is drawn.';

/** Lay out the map of one environment: from the internet on the left to the data on the right, what watches over it below. */
export function layout(map: SystemMap, asOf: string): Drawing {
  const boxes: Box[] = [];
  const words: Words[] = [];
  const zones = ZONES.filter((zone) => map.nodes.some((node) => node.zone === zone));
  const columns = zones.map((zone) => map.nodes.filter((node) => node.zone === zone));
  const incoming = (id: string) => map.links.filter(({ from, to }) => from === id || to === id).length;
  const heights = columns.map((nodes) => nodes.map((node) => heightOf(node, incoming(node.id))));
  const stacks = heights.map((each) => each.reduce((sum, height) => sum + height + GAP, -GAP));
  const row = Math.max(180, ...stacks);

  const isServing = zones.length > 0;
  const accountX = isServing ? MARGIN + INTERNET_WIDTH + GUTTER - 30 : MARGIN;
  const top = HEAD + 66;
  const zoneTop = top + NETWORK_PAD + 26;
  const zoneHeight = ZONE_HEAD + row + 2 * PAD;
  const slots = new Map<string, Slot>();
  const gutters: number[] = [MARGIN + INTERNET_WIDTH];
  let x = accountX + 34 + NETWORK_PAD;
  zones.forEach((zone, column) => {
    const style = ZONE_STYLES[zone];
    const width = NODE + 2 * PAD;
    boxes.push({
      id: `zone-${zone}`,
      x,
      y: zoneTop,
      width,
      height: zoneHeight,
      fill: style.fill,
      stroke: style.stroke,
      radius: 10,
    });
    words.push({ x: x + PAD, y: zoneTop + 22, text: style.title, size: 13, colour: style.accent, isBold: true });
    words.push({ x: x + PAD, y: zoneTop + 38, size: 10, ...noteOf(zone, columns[column], map) });
    let y = zoneTop + ZONE_HEAD + PAD + (row - stacks[column]) / 2;
    columns[column].forEach((node, index) => {
      const height = heights[column][index];
      addNode(node, x + PAD, y, height, style.accent, boxes, words);
      slots.set(node.id, { column: column + 1, x: x + PAD, y, width: NODE, height });
      y += height + GAP;
    });
    gutters.push(x + width);
    x += width + GUTTER;
  });
  const right = isServing ? x - GUTTER + NETWORK_PAD + 34 : accountX + 900;
  const accountWidth = Math.max(right - accountX, 5 * 190 + 6 * PAD + 20);

  const internetY = zoneTop + ZONE_HEAD + PAD + row / 2 - 75;
  slots.set(INTERNET, { column: 0, x: MARGIN, y: internetY, width: INTERNET_WIDTH, height: 150 });
  const router = new Router(slots, gutters, zoneTop + zoneHeight + NETWORK_PAD + 16);
  const arrows: Arrow[] = map.links.length === 0 ? [] : router.route(map.links);
  if (isServing) addInternet(boxes, words, internetY);
  else words.push({ x: accountX + 34, y: top + 14, text: NOTHING, size: 12, colour: SOFT });

  const bandTop = isServing ? zoneTop + zoneHeight + NETWORK_PAD + 34 + router.channelHeight : top + 54;
  const bandHeight = addSafeguards(map, accountX + 34, bandTop, accountWidth - 68, boxes, words);
  const bottom = bandTop + bandHeight + 26;
  const back: Box[] = [
    {
      id: 'account',
      x: accountX,
      y: HEAD,
      width: accountWidth,
      height: bottom - HEAD,
      fill: '#fcfdfc',
      stroke: '#8a969e',
      radius: 14,
    },
  ];
  const inside = zones.flatMap((zone, index) => (['entry', 'app', 'data'].includes(zone) ? [index] : []));
  if (map.hasNetwork && inside.length > 0) back.push(networkBox(inside, gutters, top, zoneHeight, words));
  words.push({
    x: accountX + 20,
    y: HEAD + 28,
    text: fitted(visible(map.title), 420, 16, true),
    size: 16,
    colour: INK,
    isBold: true,
  });
  words.push({ x: accountX + 20, y: HEAD + 47, text: visible(map.place), size: 11.5, colour: SOFT });
  const width = accountX + accountWidth + MARGIN;
  words.push({ x: MARGIN, y: 50, text: 'How the system is built', size: 24, colour: INK, isBold: true });
  words.push({ x: MARGIN, y: 74, text: `Drawn from its CloudFormation templates, as of ${asOf}`, size: 12, colour: SOFT });
  const key = legend(MARGIN, bottom + 30, map.hasNetwork, isServing);
  return {
    width,
    height: bottom + 80,
    boxes: [...back, ...boxes, ...key.boxes],
    arrows: [...arrows, ...key.arrows],
    words: [...words, ...key.words],
  };
}

/** What a part of the picture is; never that it is private where the internet comes in. */
function noteOf(zone: Zone, nodes: readonly MapNode[], { links }: SystemMap): Pick<Words, 'text' | 'colour'> {
  const isMeantToBe = zone === 'edge' || zone === 'entry';
  const comes = internetComesTo(
    links,
    nodes.map(({ id }) => id),
  );
  if (comes !== 'not' && !isMeantToBe)
    return { text: `The internet ${comes === 'surely' ? 'is' : 'may be'} let in here`, colour: CONCERN_COLOUR };
  return { text: ZONE_STYLES[zone].note, colour: SOFT };
}

function addInternet(boxes: Box[], words: Words[], y: number): void {
  const { fill, stroke, accent } = INTERNET_STYLE;
  boxes.push({ id: INTERNET, x: MARGIN, y, width: INTERNET_WIDTH, height: 150, fill, stroke, radius: 14 });
  boxes.push({
    id: 'internet-glyph',
    x: MARGIN + 43,
    y: y + 6,
    width: 64,
    height: 76,
    fill: 'none',
    stroke: 'none',
    radius: 0,
    glyph: 'globe',
    accent,
  });
  const middle = MARGIN + INTERNET_WIDTH / 2;
  words.push({ x: middle, y: y + 92, text: 'The internet', size: 14, colour: INK, isBold: true, anchor: 'middle' });
  words.push({ x: middle, y: y + 111, text: 'Users, and everyone', size: 11, colour: SOFT, anchor: 'middle' });
  words.push({ x: middle, y: y + 126, text: 'else', size: 11, colour: SOFT, anchor: 'middle' });
}

function networkBox(inside: readonly number[], gutters: readonly number[], top: number, zoneHeight: number, words: Words[]): Box {
  const width = NODE + 2 * PAD;
  const x = gutters[inside[0] + 1] - width - NETWORK_PAD;
  const end = gutters[inside[inside.length - 1] + 1] + NETWORK_PAD;
  words.push({ x: x + NETWORK_PAD, y: top + 22, text: 'Private network', size: 11.5, colour: '#2b618f', isBold: true });
  return {
    id: 'network',
    x,
    y: top,
    width: end - x,
    height: zoneHeight + 26 + 2 * NETWORK_PAD,
    fill: 'none',
    stroke: '#2b618f',
    isDashed: true,
    radius: 12,
  };
}
