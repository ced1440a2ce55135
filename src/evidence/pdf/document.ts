import PDFDocument from 'pdfkit';
import { asset } from '../assets';
import type { Drawing } from '../network/drawing';
import { shorten, visible } from '../text';
import { draw } from './draw';

export const INK = '#1d2329';
export const SOFT = '#57616b';
const LINE = '#dfe2df';
const FAINT = '#f2f3f0';
const ACCENT = '#0b5f7d';

const MARGIN = 48;
const FOOTER = 40;

/** A text longer than this is cut: the whole of it is in the CSV files. */
const MOST_CHARACTERS = 600;

/** A cell of a table; with a colour when it says how something stands. */
export type PdfCell = string | { readonly text: string; readonly colour: string };

export interface PdfColumn {
  readonly title: string;
  /** Share of the width of the page. */
  readonly width: number;
}

/** Pages of text and tables in one calm style, with a footer on each. The same calls give the same bytes. */
export class PdfPages {
  private readonly document: PDFKit.PDFDocument;
  private readonly chunks: Buffer[] = [];
  private readonly ended: Promise<void>;

  constructor(
    title: string,
    time: Date,
    private readonly footer: string,
  ) {
    this.document = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER },
      bufferPages: true,
      lang: 'en',
      displayTitle: true,
      // Nothing of the standard fonts, which hold no letters but western ones.
      font: null as unknown as string,
      info: { Title: title, Creator: 'cdk-soc2', Producer: 'cdk-soc2', CreationDate: time, ModDate: time },
    });
    this.document.registerFont('plain', asset('DejaVuSans.ttf'));
    this.document.registerFont('bold', asset('DejaVuSans-Bold.ttf'));
    this.document.registerFont('mono', asset('DejaVuSansMono.ttf'));
    this.ended = new Promise((resolve, reject) => {
      this.document.on('data', (chunk: Buffer) => this.chunks.push(chunk));
      this.document.on('end', resolve);
      this.document.on('error', reject);
    });
  }

  public get width(): number {
    return this.document.page.width - 2 * MARGIN;
  }

  public title(over: string, title: string): void {
    this.document.font('plain').fontSize(10).fillColor(SOFT).text(over, MARGIN, 84);
    this.document.moveDown(0.4).font('bold').fontSize(24).fillColor(INK).text(visible(title), { width: this.width });
    this.document.moveDown(0.6);
  }

  public newPage(): void {
    this.document.addPage();
  }

  public heading(text: string, size: 1 | 2 = 1): void {
    this.room(size === 1 ? 90 : 70);
    const { document } = this;
    document.moveDown(size === 1 ? 1.2 : 0.8);
    document
      .font('bold')
      .fontSize(size === 1 ? 14 : 10.5)
      .fillColor(size === 1 ? INK : SOFT)
      .text(visible(text), MARGIN, document.y, { width: this.width });
    if (size === 1) document.outline.addItem(visible(text));
    document.moveDown(0.35);
  }

  public text(text: string, { colour = INK, size = 9.5, font = 'plain' } = {}): void {
    this.document
      .font(font)
      .fontSize(size)
      .fillColor(colour)
      .text(shorten(visible(text), MOST_CHARACTERS), MARGIN, this.document.y, { width: this.width, lineGap: 2 });
    this.document.moveDown(0.3);
  }

  /** Names with what they stand for, in two columns. */
  public facts(facts: readonly (readonly [string, string])[], mono: readonly string[] = []): void {
    for (const [name, fact] of facts) {
      const text = shorten(visible(fact), MOST_CHARACTERS);
      const font = mono.includes(name) ? 'mono' : 'plain';
      const height = this.document
        .font(font)
        .fontSize(9)
        .heightOfString(text, { width: this.width - 110, lineGap: 2 });
      this.room(height + 6);
      const { y } = this.document;
      this.document.font('plain').fontSize(9).fillColor(SOFT).text(name, MARGIN, y, { width: 100 });
      this.document
        .font(font)
        .fontSize(9)
        .fillColor(INK)
        .text(text, MARGIN + 110, y, { width: this.width - 110, lineGap: 2 });
      this.document.y = y + height + 4;
    }
  }

  /** A picture as wide as the page. */
  public picture(drawing: Drawing): void {
    const { document } = this;
    const scale = Math.min(this.width / drawing.width, 420 / drawing.height);
    this.room(drawing.height * scale + 10);
    const { y } = document;
    document.save().translate(MARGIN, y).scale(scale);
    draw(document, drawing);
    document.restore();
    document.x = MARGIN;
    document.y = y + drawing.height * scale + 8;
  }

  public table(columns: readonly PdfColumn[], rows: readonly (readonly PdfCell[])[]): void {
    const total = columns.reduce((sum, { width }) => sum + width, 0);
    const widths = columns.map(({ width }) => (width / total) * this.width);
    const head = columns.map(({ title }) => title);
    this.room(60);
    this.row(head, widths, true);
    for (const row of rows) {
      if (this.document.y + this.heightOf(row, widths, false) > this.bottom) {
        this.document.addPage();
        this.row(head, widths, true);
      }
      this.row(row, widths, false);
    }
    this.document.x = MARGIN;
    this.document.moveDown(0.8);
  }

  /** The document, with the number of each page at its foot. */
  public async end(): Promise<Buffer> {
    const { document } = this;
    const { count } = document.bufferedPageRange();
    for (let index = 0; index < count; index++) {
      document.switchToPage(index);
      const y = document.page.height - FOOTER;
      document.page.margins.bottom = 0;
      document.font('plain').fontSize(7.5).fillColor(SOFT);
      document.text(this.footer, MARGIN, y, { width: this.width - 80, lineBreak: false });
      document.text(`Page ${index + 1} of ${count}`, MARGIN, y, { width: this.width, align: 'right', lineBreak: false });
    }
    document.end();
    await this.ended;
    return Buffer.concat(this.chunks);
  }

  private get bottom(): number {
    return this.document.page.height - MARGIN - FOOTER;
  }

  private room(height: number): void {
    if (this.document.y + height > this.bottom) this.document.addPage();
  }

  private heightOf(cells: readonly PdfCell[], widths: readonly number[], isHead: boolean): number {
    const heights = cells.map((cell, index) =>
      this.document
        .font(isHead || typeof cell !== 'string' ? 'bold' : 'plain')
        .fontSize(7.8)
        .heightOfString(textOf(cell), { width: widths[index] - 10, lineGap: 1.2 }),
    );
    return Math.max(...heights) + 8;
  }

  private row(cells: readonly PdfCell[], widths: readonly number[], isHead: boolean): void {
    const { document } = this;
    const height = this.heightOf(cells, widths, isHead);
    const { y } = document;
    if (isHead) document.rect(MARGIN, y, this.width, height).fill(FAINT);
    document
      .moveTo(MARGIN, y + height)
      .lineTo(MARGIN + this.width, y + height)
      .lineWidth(0.5)
      .strokeColor(isHead ? ACCENT : LINE)
      .stroke();
    let x = MARGIN;
    cells.forEach((cell, index) => {
      const colour = typeof cell === 'string' ? (isHead ? SOFT : INK) : cell.colour;
      document
        .font(isHead || typeof cell !== 'string' ? 'bold' : 'plain')
        .fontSize(7.8)
        .fillColor(colour)
        .text(textOf(cell), x + 5, y + 4.5, { width: widths[index] - 10, lineGap: 1.2 });
      x += widths[index];
    });
    document.y = y + height;
  }
}

function textOf(cell: PdfCell): string {
  return shorten(visible(typeof cell === 'string' ? cell : cell.text), MOST_CHARACTERS);
}
