import { type FontName, fontOf } from '../fonts/fonts';
import { textWidth } from '../fonts/lines';
import { runsOf } from '../fonts/runs';

/** How far the letters of a line rise above what they stand on, and how tall a line is, for each point of their size. */
export const ASCENT = 0.93;
export const LINE_HEIGHT = 1.165;

export interface Lettering {
  readonly font: FontName;
  readonly size: number;
  readonly colour: string;
}

/** Set one line of text on its base line. */
export function drawLine(
  document: PDFKit.PDFDocument,
  line: string,
  x: number,
  base: number,
  { font, size, colour }: Lettering,
): void {
  let left = x;
  for (const { text, font: own, isRightToLeft } of runsOf(line, font)) {
    // A font that was read already is taken as well, which the types do not say.
    document
      .font(fontOf(own) as unknown as Buffer, own)
      .fontSize(size)
      .fillColor(colour);
    document.text(text, left, base, {
      lineBreak: false,
      baseline: 'alphabetic',
      // With features, even none, a run is laid out as a whole; without them word for word, from the left.
      ...(isRightToLeft ? { features: [] } : {}),
    });
    left += textWidth(text, own, size);
  }
}
