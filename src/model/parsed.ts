import { InputError } from './errors';
import type { Json } from './json';

/** Keys and indexes that lead from the root of a file to a value. */
export type Path = readonly (string | number)[];

/** What a file says, and where. */
export interface Parsed {
  readonly value: Json;
  /** Line of a value, counted from 1; of the nearest value around it when the file does not have it. */
  readonly lineOf: (path: Path) => number | undefined;
}

/** Mappings and lists within each other; templates that people write stay far below. */
export const MOST_LEVELS = 100;

/** The error for a value that stands too deep. */
export function tooDeep(place: string): InputError {
  return new InputError(`${place}: nested more than ${MOST_LEVELS} levels deep; no template needs that, so make it flatter`);
}

/** `line:column` of an offset, both counted from 1. */
export function positionAt(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return `${line}:${offset - start + 1}`;
}

/** A lookup of the line, counted from 1, in which an offset stands. */
export function lineTable(text: string): (offset: number) => number {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** Text for a message: on one line, without what a terminal would act on, and not too long. */
export function shown(text: string): string {
  const line = text.slice(0, 200).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
  });
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
