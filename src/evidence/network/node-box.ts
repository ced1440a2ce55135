import { shorten, visible } from '../text';
import { type Box, fitted, type Words, widthOf } from './drawing';
import { CONCERN } from './facts';
import { CONCERN_COLOUR, GOOD, INK, LINE, SOFT, WHITE } from './style';
import type { MapNode } from './system-map';

/** How wide the box of resources of one kind is. */
export const NODE = 208;

/** How tall the box has to be for what it says, and for the arrows that touch it. */
export function heightOf(node: MapNode, links: number): number {
  return Math.max(linesOf(node) * 15 + 30, 26 * Math.ceil(links / 2) + 20);
}

function linesOf({ title, names, facts }: MapNode): number {
  return titleLines(title).length + 1 + (names.length > 0 ? 1 : 0) + facts.length;
}

/** A title in one line, or two. */
function titleLines(title: string): string[] {
  const [first, ...others] = visible(title).split(' ');
  const lines = [first];
  for (const word of others) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 1 || widthOf(longer, 12, true) <= NODE - 62) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Resources of one kind: what they are, their names, and what their templates say for all of them. */
export function addNode(node: MapNode, x: number, y: number, height: number, accent: string, boxes: Box[], words: Words[]): void {
  boxes.push({ id: node.id, x, y, width: NODE, height, fill: WHITE, stroke: LINE, radius: 8, glyph: node.kind.glyph, accent });
  const left = x + 52;
  const room = NODE - 62;
  let line = y + (height - (linesOf(node) * 15 + 3)) / 2 + 13;
  const say = (text: string, size: number, colour: string, isBold = false) => {
    words.push({ x: left, y: line, text: fitted(visible(text), room, size, isBold), size, colour, isBold });
    line += 15;
  };
  for (const title of titleLines(node.title)) say(title, 12, INK, true);
  line += 1;
  say(node.kind.service, 10.5, SOFT);
  if (node.names.length > 0) say(namesIn(node.names), 10.5, INK);
  for (const fact of node.facts) {
    const isConcern = fact.startsWith(CONCERN);
    say(isConcern ? `✕ ${fact.slice(CONCERN.length)}` : `✓ ${fact}`, 10.5, isConcern ? CONCERN_COLOUR : GOOD);
  }
}

function namesIn(names: readonly string[]): string {
  const shown = [...names]
    .sort()
    .slice(0, 4)
    .map((name) => shorten(visible(name), 60));
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
