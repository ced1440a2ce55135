import bidiFactory from 'bidi-js';
import { type FontName, fontOf } from './fonts';

/** A piece of a line that is set in one font and read in one direction. */
export interface Run {
  readonly text: string;
  readonly font: FontName;
  readonly isRightToLeft: boolean;
}

const PLAIN_ASCII = /^[\x20-\x7e]*$/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** They choose between pictures of a sign; a document has but one. */
const VARIATIONS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

let bidi: ReturnType<typeof bidiFactory> | undefined;

/** A line as it is set: its pieces from the left to the right. A sign that no font has is spelled out. */
export function runsOf(line: string, font: FontName): Run[] {
  if (PLAIN_ASCII.test(line)) return line === '' ? [] : [{ text: line, font, isRightToLeft: false }];
  const text = line.replace(VARIATIONS, '');
  return directed(text).flatMap(({ text: piece, isRightToLeft }) => {
    const runs = inFonts(piece, font).map((run) => ({ ...run, isRightToLeft }));
    return isRightToLeft ? runs.reverse() : runs;
  });
}

/** The fonts that a picture with this text is set in: the large one only where it is needed. */
export function fontsFor(text: string): FontName[] {
  const isPlain = [...new Set(text)].every((character) => character < ' ' || fontFor(character, 'plain') === 'plain');
  return isPlain ? ['plain', 'bold'] : ['plain', 'bold', 'wide'];
}

/** Pieces of one direction, in the order in which they stand on the page. */
function directed(text: string): { readonly text: string; readonly isRightToLeft: boolean }[] {
  if (!RIGHT_TO_LEFT.test(text)) return [{ text, isRightToLeft: false }];
  bidi ??= bidiFactory();
  const found = bidi.getEmbeddingLevels(text, 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(text, found.levels);
  const pieces: { text: string; level: number }[] = [];
  for (let index = 0; index < text.length; index++) {
    const level = found.levels[index];
    const character = mirrored.get(index) ?? text[index];
    const last = pieces[pieces.length - 1];
    if (last?.level === level) last.text += character;
    else pieces.push({ text: character, level });
  }
  for (let level = Math.max(...pieces.map((piece) => piece.level)); level > 0; level--) turnRound(pieces, level);
  return pieces.map(({ text: piece, level }) => ({ text: piece, isRightToLeft: level % 2 === 1 }));
}

/** Every stretch of pieces at or above a level changes its order, as the Unicode Bidirectional Algorithm has it. */
function turnRound(pieces: { readonly level: number }[], level: number): void {
  let start = 0;
  while (start < pieces.length) {
    let end = start;
    while (end < pieces.length && pieces[end].level >= level) end++;
    pieces.splice(start, end - start, ...pieces.slice(start, end).reverse());
    start = end + 1;
  }
}

/** Pieces of one font, in the order of reading. */
function inFonts(text: string, font: FontName): { readonly text: string; readonly font: FontName }[] {
  const runs: { text: string; font: FontName }[] = [];
  for (const character of text) {
    const last = runs[runs.length - 1];
    const has = fontFor(character, font);
    const shown = has ? character : `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase()}⟩`;
    const set = has ?? 'plain';
    if (last && (last.font === set || character === ' ')) last.text += shown;
    else runs.push({ text: shown, font: set });
  }
  return runs;
}

const FONTS_FOR = new Map<string, FontName | undefined>();

/** The first font that has a letter: the one asked for, else the plain one, else the wide one. */
function fontFor(character: string, asked: FontName): FontName | undefined {
  const key = asked + character;
  if (!FONTS_FOR.has(key)) {
    const code = character.codePointAt(0)!;
    const order: readonly FontName[] = [asked, 'plain', 'wide'];
    FONTS_FOR.set(
      key,
      order.find((name) => fontOf(name).hasGlyphForCodePoint(code)),
    );
  }
  return FONTS_FOR.get(key);
}
