import { textWidth } from '../fonts/lines';
import { type Arrow, type Box, type Drawing, type Words, widthOf } from '../network/drawing';
import { GLYPHS } from '../network/glyphs';
import { glyphPlace, pathOf } from '../network/shapes';
import { drawLine } from './draw-line';

/** Draw a picture into a document with lines and letters, so that it stays sharp at any size. */
export function draw(document: PDFKit.PDFDocument, { boxes, arrows, words }: Drawing): void {
  for (const box of boxes) drawBox(document, box);
  for (const arrow of arrows) drawArrow(document, arrow);
  for (const arrow of arrows) drawLabel(document, arrow);
  for (const each of words) drawWords(document, each);
}

function drawBox(document: PDFKit.PDFDocument, box: Box): void {
  const { x, y, width, height, fill, stroke, radius, isDashed, glyph, accent = '#5b6670' } = box;
  document.lineWidth(1.3);
  if (fill !== 'none') document.roundedRect(x, y, width, height, radius).fill(fill);
  if (stroke !== 'none') {
    if (isDashed) document.dash(6, { space: 4 });
    document.roundedRect(x, y, width, height, radius).stroke(stroke);
    document.undash();
  }
  if (!glyph) return;
  const { left, top, scale } = glyphPlace(box);
  document
    .save()
    .translate(left, top)
    .scale(scale)
    .lineWidth(1.6 / Math.sqrt(scale))
    .lineCap('round')
    .lineJoin('round');
  document.path(GLYPHS[glyph]).stroke(accent).restore();
}

function drawArrow(document: PDFKit.PDFDocument, { points, colour }: Arrow): void {
  document.lineWidth(1.6).path(pathOf(points)).stroke(colour);
  const [from, to] = points.slice(-2);
  const side = Math.sign(to.x - from.x);
  const down = Math.sign(to.y - from.y);
  const [back, across] = [10, 4.6];
  const head =
    side !== 0
      ? [to.x - side * back, to.y - across, to.x - side * back, to.y + across]
      : [to.x - across, to.y - down * back, to.x + across, to.y - down * back];
  document.polygon([to.x, to.y], [head[0], head[1]], [head[2], head[3]]).fill(colour);
}

function drawLabel(document: PDFKit.PDFDocument, { label, labelAt: { x, y }, colour }: Arrow): void {
  if (label === '') return;
  const width = widthOf(label, 10) + 12;
  document
    .lineWidth(0.8)
    .roundedRect(x - width / 2, y - 9, width, 18, 9)
    .fillAndStroke('#ffffff', colour);
  drawWords(document, { x, y: y + 3.6, text: label, size: 10, colour, anchor: 'middle' });
}

function drawWords(document: PDFKit.PDFDocument, { x, y, text, size, colour, isBold, anchor = 'start' }: Words): void {
  const font = isBold ? 'bold' : 'plain';
  const before = { start: 0, middle: 0.5, end: 1 }[anchor];
  drawLine(document, text, before === 0 ? x : x - before * textWidth(text, font, size), y, { font, size, colour });
}
