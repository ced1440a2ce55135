import { escaped } from '../text';
import type { Arrow, Box, Drawing, Words } from './drawing';
import { n } from './shapes';

/** A drawing as a page of draw.io, with boxes that can be moved and arrows that follow them. */
export function drawioPage({ width, height, boxes, arrows, words }: Drawing, name: string): string {
  const ids = new Map(boxes.map(({ id }, index) => [id, `b${index}`]));
  const cells = [
    ...boxes.map((box, index) => boxCell(box, `b${index}`)),
    ...words.map((text, index) => wordsCell(text, `t${index}`)),
    ...arrows.map((arrow, index) => arrowCell(arrow, `a${index}`, ids)),
  ];
  return `<diagram id="${escaped(name.replace(/[^A-Za-z0-9]+/g, '-'))}" name="${escaped(name)}"><mxGraphModel dx="800" dy="600" grid="0" page="1" pageWidth="${Math.ceil(width)}" pageHeight="${Math.ceil(height)}"><root><mxCell id="0"/><mxCell id="1" parent="0"/>
${cells.join('\n')}
</root></mxGraphModel></diagram>`;
}

/** Pages as a file of draw.io. */
export function drawioFile(pages: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<mxfile host="cdk-soc2" type="device">\n${pages.join('\n')}\n</mxfile>\n`;
}

function boxCell({ x, y, width, height, fill, stroke, isDashed, radius }: Box, id: string): string {
  const style = `rounded=${radius > 0 ? 1 : 0};absoluteArcSize=1;arcSize=${radius * 2};fillColor=${fill};strokeColor=${stroke};${isDashed ? 'dashed=1;' : ''}html=0;`;
  return `<mxCell id="${id}" value="" style="${style}" vertex="1" parent="1"><mxGeometry x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" as="geometry"/></mxCell>`;
}

function wordsCell({ x, y, text, size, colour, isBold, anchor = 'start' }: Words, id: string): string {
  const align = { start: 'left', middle: 'center', end: 'right' }[anchor];
  const width = 360;
  const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
  const style = `text;html=0;align=${align};verticalAlign=middle;whiteSpace=wrap;spacing=0;fontSize=${Math.round(size)};fontColor=${colour};fontStyle=${isBold ? 1 : 0};`;
  return `<mxCell id="${id}" value="${escaped(text)}" style="${style}" vertex="1" parent="1"><mxGeometry x="${n(left)}" y="${n(y - size)}" width="${width}" height="${n(size * 1.4)}" as="geometry"/></mxCell>`;
}

function arrowCell({ from, to, points, label, colour }: Arrow, id: string, ids: ReadonlyMap<string, string>): string {
  const ends = [ids.has(from) ? ` source="${ids.get(from)}"` : '', ids.has(to) ? ` target="${ids.get(to)}"` : ''].join('');
  const [first, ...rest] = points;
  const last = rest.pop() ?? first;
  const way = rest.map(({ x, y }) => `<mxPoint x="${n(x)}" y="${n(y)}"/>`).join('');
  return `<mxCell id="${id}" value="${escaped(label)}" style="edgeStyle=orthogonalEdgeStyle;rounded=1;html=0;strokeColor=${colour};fontColor=${colour};fontSize=10;labelBackgroundColor=#ffffff;" edge="1" parent="1"${ends}><mxGeometry relative="1" as="geometry"><mxPoint x="${n(first.x)}" y="${n(first.y)}" as="sourcePoint"/><mxPoint x="${n(last.x)}" y="${n(last.y)}" as="targetPoint"/>${way ? `<Array as="points">${way}</Array>` : ''}</mxGeometry></mxCell>`;
}
