import { counted } from '../text';
import { type Box, fitted, type Words } from './drawing';
import { INK, SOFT } from './style';
import type { SystemMap } from './system-map';

const PAD = 14;

function ownWords(parts: number): string {
  return `With ${counted(parts, 'function, queue or store', 'functions, queues and stores')} of its own, which ${parts === 1 ? 'is' : 'are'} not drawn`;
}

/** Draw what watches over an environment, side by side; answers with how tall it is. */
export function addSafeguards(
  { safeguards, ownParts }: SystemMap,
  x: number,
  y: number,
  width: number,
  boxes: Box[],
  words: Words[],
): number {
  const each = (width - (safeguards.length - 1) * PAD) / safeguards.length;
  const most = Math.max(...safeguards.map(({ lines }) => lines.length));
  const height = 46 + most * 16 + 8;
  words.push({ x, y: y + 4, text: 'What watches over it', size: 11.5, colour: SOFT, isBold: true });
  if (ownParts > 0) words.push({ x: x + width, y: y + 4, text: ownWords(ownParts), size: 10, colour: SOFT, anchor: 'end' });
  safeguards.forEach(({ title, glyph, lines, isEmpty }, index) => {
    const left = x + index * (each + PAD);
    boxes.push({
      id: `safeguard-${index}`,
      x: left,
      y: y + 16,
      width: each,
      height,
      fill: isEmpty ? '#fafafa' : '#f4f6f4',
      stroke: '#d8dedb',
      isDashed: isEmpty,
      radius: 8,
    });
    boxes.push({
      id: `safeguard-glyph-${index}`,
      x: left + 6,
      y: y + 20,
      width: 34,
      height: 34,
      fill: 'none',
      stroke: 'none',
      radius: 0,
      glyph,
      accent: isEmpty ? '#98a2a9' : '#3d4d57',
    });
    words.push({ x: left + 46, y: y + 42, text: title, size: 12, colour: isEmpty ? SOFT : INK, isBold: true });
    lines.forEach((line, number) => {
      words.push({ x: left + 46, y: y + 60 + number * 16, text: fitted(line, each - 54, 10.5), size: 10.5, colour: SOFT });
    });
  });
  return height + 16;
}
