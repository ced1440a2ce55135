import { create, type Font, type GlyphRun } from 'fontkit';
import { asset } from '../assets';
import { unpackWoff } from './woff';

/** Bytes of the fonts that documents and pictures are set in; `wide` has the letters of nearly every script. */
const FILES = {
  plain: () => asset('DejaVuSans.ttf'),
  bold: () => asset('DejaVuSans-Bold.ttf'),
  mono: () => asset('DejaVuSansMono.ttf'),
  wide: () => unpackWoff(asset('UnifontEx.woff')),
} as const;

export type FontName = keyof typeof FILES;

export const FONT_NAMES = Object.keys(FILES) as FontName[];

/** A longer text is hardly met again. */
export const LONGEST_KEPT = 64;

const FOUND = new Map<FontName, { readonly file: Buffer; readonly font: Font }>();

/** The bytes of a font. */
export function fontFile(name: FontName): Buffer {
  return found(name).file;
}

/** A font that all documents share: it is read once, and a word is laid out once. */
export function fontOf(name: FontName): Font {
  return found(name).font;
}

function found(name: FontName): { readonly file: Buffer; readonly font: Font } {
  let font = FOUND.get(name);
  if (!font) {
    const file = FILES[name]();
    font = { file, font: remembering(create(file) as Font) };
    FOUND.set(name, font);
  }
  return font;
}

/** The font, but that it keeps the layout of words. */
function remembering(font: Font): Font {
  const runs = new Map<string, GlyphRun>();
  const layout = (text: string, ...more: Parameters<Font['layout']> extends [string, ...infer Rest] ? Rest : never) => {
    if (text.length > LONGEST_KEPT || more[0] !== undefined) return font.layout(text, ...more);
    let run = runs.get(text);
    if (!run) {
      run = font.layout(text);
      runs.set(text, run);
    }
    // Whoever asks scales the positions.
    const positions = run.positions.map((position) => ({ ...position }));
    return Object.assign(Object.create(Object.getPrototypeOf(run)), run, { positions }) as GlyphRun;
  };
  return Object.assign(Object.create(font), { layout }) as Font;
}
