import { type FontName, fontOf, LONGEST_KEPT } from './fonts';
import { runsOf } from './runs';

/** Where a long name is best broken. */
const JOINTS = /[/:._-](?=[^/:._-]*$)/;

/** Words with the space after each. */
const WORDS = /(?<= )/;

const WIDTHS = new Map<string, number>();

/** How wide a text is, in points. */
export function textWidth(text: string, font: FontName, size: number): number {
  let width = 0;
  for (const word of text.split(WORDS)) width += wordWidth(word, font);
  return width * size;
}

function wordWidth(word: string, font: FontName): number {
  const key = `${font} ${word}`;
  let width = WIDTHS.get(key);
  if (width === undefined) {
    width = 0;
    for (const run of runsOf(word, font)) width += fontOf(run.font).layout(run.text).advanceWidth / fontOf(run.font).unitsPerEm;
    if (word.length < LONGEST_KEPT) WIDTHS.set(key, width);
  }
  return width;
}

/** A text in lines no wider than so many points: broken where Unicode allows it, and within words that are too long. */
export function linesOf(text: string, font: FontName, size: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  const add = (piece: string) => {
    const bare = textWidth(piece.trimEnd(), font, size);
    if (line !== '' && width + bare > most) {
      lines.push(line.trimEnd());
      [line, width] = ['', 0];
    }
    if (bare > most) {
      const start = startOf(piece, font, size, most);
      lines.push(start);
      add(piece.slice(start.length));
    } else {
      line += piece;
      width += textWidth(piece, font, size);
    }
  };
  for (const piece of piecesOf(text)) add(piece);
  lines.push(line.trimEnd());
  return lines;
}

// Its package has no types.
const LineBreaker = require('linebreak') as new (text: string) => { nextBreak(): { readonly position: number } | null };

function piecesOf(text: string): string[] {
  const breaker = new LineBreaker(text);
  const pieces: string[] = [];
  let start = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    pieces.push(text.slice(start, next.position));
    start = next.position;
  }
  return pieces;
}

/** As much of a long word as has room, cut at a joint where one is near the end. */
function startOf(word: string, font: FontName, size: number, most: number): string {
  let start = '';
  let width = 0;
  for (const character of word) {
    width += textWidth(character, font, size);
    if (start !== '' && width > most) break;
    start += character;
  }
  const joint = JOINTS.exec(start);
  return joint && joint.index + 1 > start.length * 0.6 ? start.slice(0, joint.index + 1) : start;
}
