import { textWidth } from '../fonts/lines';
import type { GlyphName } from './glyphs';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle with or without text in it. */
export interface Box extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke: string;
  readonly isDashed?: boolean;
  readonly radius: number;
  readonly glyph?: GlyphName;
  readonly accent?: string;
}

export interface Words extends Point {
  readonly text: string;
  readonly size: number;
  readonly colour: string;
  readonly isBold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** An arrow along points, with a label on it. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  readonly label: string;
  readonly labelAt: Point;
  readonly colour: string;
}

/** A picture before it is written in some format: boxes from the back to the front, then arrows, then words. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly words: readonly Words[];
}

/** How wide a text is. */
export function widthOf(text: string, size: number, isBold = false): number {
  return textWidth(text, isBold ? 'bold' : 'plain', size);
}

/** As much of a text as has room. */
export function fitted(text: string, most: number, size: number, isBold = false): string {
  if (text.length < 400 && widthOf(text, size, isBold) <= most) return text;
  let start = '';
  let width = widthOf('…', size, isBold);
  for (const character of text) {
    width += widthOf(character, size, isBold);
    if (width > most) break;
    start += character;
  }
  return `${start.trimEnd()}…`;
}
