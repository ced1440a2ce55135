import { escaped } from '../text';
import { type Arrow, type Box, type Drawing, type Words, widthOf } from './drawing';
import { GLYPHS } from './glyphs';
import { glyphPlace, n, pathOf } from './shapes';
import { SOFT, WHITE } from './style';

/** A drawing as SVG without styles or scripts: what may stand anywhere. */
export function svgOf({ width, height, boxes, arrows, words }: Drawing, title: string, description: string): string {
  const size = `${Math.ceil(width)}`;
  const tall = `${Math.ceil(height)}`;
  const colours = [...new Set(arrows.map(({ colour }) => colour))];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${tall}" viewBox="0 0 ${size} ${tall}" role="img" aria-labelledby="title description" font-family="DejaVu Sans, Verdana, sans-serif">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<defs>${colours.map((colour, index) => `<marker id="head-${index}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.8L9.5 5L0 9.2z" fill="${colour}"/></marker>`).join('')}</defs>
<rect width="${size}" height="${tall}" fill="${WHITE}"/>
${boxes.map(boxMarkup).join('\n')}
${arrows.map((arrow) => arrowMarkup(arrow, colours.indexOf(arrow.colour))).join('\n')}
${arrows.map(labelMarkup).join('')}
${words.map(wordsMarkup).join('\n')}
</svg>
`;
}

function boxMarkup(box: Box): string {
  const { x, y, width, height, fill, stroke, isDashed, radius, glyph, accent = SOFT } = box;
  const rect = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}" fill="${fill}" stroke="${stroke}" stroke-width="1.3"${isDashed ? ' stroke-dasharray="6 4"' : ''}/>`;
  if (!glyph) return rect;
  const { left, top, scale } = glyphPlace(box);
  return `${rect}<path d="${GLYPHS[glyph]}" transform="translate(${n(left)} ${n(top)}) scale(${n(scale)})" fill="none" stroke="${accent}" stroke-width="${n(1.6 / Math.sqrt(scale))}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

function arrowMarkup({ points, colour }: Arrow, head: number): string {
  return `<path d="${pathOf(points)}" fill="none" stroke="${colour}" stroke-width="1.6" marker-end="url(#head-${head})"/>`;
}

function labelMarkup({ label, labelAt, colour }: Arrow): string {
  if (label === '') return '';
  const width = widthOf(label, 10) + 12;
  return `<rect x="${n(labelAt.x - width / 2)}" y="${n(labelAt.y - 9)}" width="${n(width)}" height="18" rx="9" fill="${WHITE}" stroke="${colour}" stroke-width="0.8"/><text x="${n(labelAt.x)}" y="${n(labelAt.y + 3.6)}" font-size="10" fill="${colour}" text-anchor="middle">${escaped(label)}</text>\n`;
}

function wordsMarkup({ x, y, text, size, colour, isBold, anchor }: Words): string {
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${colour}"${isBold ? ' font-weight="bold"' : ''}${anchor ? ` text-anchor="${anchor}"` : ''}>${escaped(text)}</text>`;
}
