import PDFDocument from 'pdfkit';
import { linesOf, textWidth } from '../fonts/lines';
import type { Drawing } from '../network/drawing';
import { shorten, visible } from '../text';
import { draw } from './draw';
import { ASCENT, drawLine, type Lettering, LINE_HEIGHT } from './draw-line';

export const INK = '#1d2329';
export const SOFT = '#57616b';
const RULE = '#dfe2df';
const FAINT = '#f2f3f0';
const ACCENT = '#0b5f7d';

const MARGIN = 48;
const FOOTER = 40;
const FACT_NAMES = 110;

/** A text longer than this is cut: the whole of it is in the CSV files. */
const MOST_CHARACTERS = 600;

/** A cell of a table; with a colour when it says how something stands. */
export type PdfCell = string | { readonly text: string; readonly colour: string };

export interface PdfColumn {
  readonly title: string;
  /** Share of the width of the page. */
  readonly width: number;
}

interface Style extends Lettering {
  /** Room between lines. */
  readonly gap: number;
}

/** A text in lines. */
interface Block {
  readonly lines: readonly string[];
  readonly height: number;
  readonly style: Style;
}

const BODY: Style = { font: 'plain', size: 9.5, colour: INK, gap: 2 };
const FACT: Style = { ...BODY, size: 9 };
const CELL: Style = { ...BODY, size: 7.8, gap: 1.2 };
const COLUMN_HEAD: Style = { ...CELL, font: 'bold', colour: SOFT };
const FOOT: Lettering = { font: 'plain', size: 7.5, colour: SOFT };

/** Pages of text and tables in one calm style, with a footer on each. The same calls give the same bytes. */
export class PdfPages {
  private readonly document: PDFKit.PDFDocument;
  private readonly chunks: Buffer[] = [];
  private readonly ended: Promise<void>;
  private y = MARGIN;

  constructor(
    title: string,
    time: Date,
    private readonly footer: string,
  ) {
    this.document = new PDFDocument({
      size: 'A4',
      margin: MARGIN,
      bufferPages: true,
      lang: 'en',
      displayTitle: true,
      // Nothing of the standard fonts, which hold no letters but western ones.
      font: null as unknown as string,
      info: { Title: title, Creator: 'cdk-soc2', Producer: 'cdk-soc2', CreationDate: time, ModDate: time },
    });
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
    this.y = 84;
    this.put(this.block(over, { ...BODY, size: 10, colour: SOFT, gap: 0 }, this.width));
    this.y += 5;
    this.put(this.block(title, { ...BODY, font: 'bold', size: 24, gap: 0 }, this.width));
    this.y += 17;
  }

  public newPage(): void {
    this.document.addPage();
    this.y = MARGIN;
  }

  public heading(text: string, size: 1 | 2 = 1): void {
    this.room(size === 1 ? 90 : 70);
    this.y += size === 1 ? 13 : 9;
    if (size === 1) this.document.outline.addItem(visible(text));
    const style: Style = { ...BODY, font: 'bold', gap: 0, ...(size === 1 ? { size: 14 } : { size: 10.5, colour: SOFT }) };
    this.put(this.block(text, style, this.width));
    this.y += size === 1 ? 6 : 4;
  }

  public text(text: string, { colour = INK, size = 9.5 } = {}): void {
    this.put(this.block(text, { ...BODY, colour, size }, this.width));
    this.y += 4;
  }

  /** Names with what they stand for, in two columns. */
  public facts(facts: readonly (readonly [string, string])[], mono: readonly string[] = []): void {
    this.y += 6;
    for (const [name, fact] of facts) {
      const style: Style = mono.includes(name) ? { ...FACT, font: 'mono' } : FACT;
      const block = this.block(fact, style, this.width - FACT_NAMES);
      this.room(block.height + 6);
      this.write(this.block(name, { ...FACT, colour: SOFT }, FACT_NAMES - 10), MARGIN, this.y);
      this.write(block, MARGIN + FACT_NAMES, this.y);
      this.y += block.height + 4;
    }
  }

  /** A picture as wide as the page. */
  public picture(drawing: Drawing): void {
    const { document } = this;
    const scale = Math.min(this.width / drawing.width, 420 / drawing.height);
    this.room(drawing.height * scale + 10);
    document.save().translate(MARGIN, this.y).scale(scale);
    draw(document, drawing);
    document.restore();
    this.y += drawing.height * scale + 8;
  }

  public table(columns: readonly PdfColumn[], rows: readonly (readonly PdfCell[])[]): void {
    const total = columns.reduce((sum, { width }) => sum + width, 0);
    const widths = columns.map(({ width }) => (width / total) * this.width);
    const head = columns.map(({ title }, index) => this.block(title, COLUMN_HEAD, widths[index] - 10));
    this.room(60);
    this.row(head, widths, true);
    for (const row of rows) {
      const blocks = row.map((cell, index) => this.block(textOf(cell), styleOf(cell), widths[index] - 10));
      if (this.y + heightOf(blocks) > this.bottom) {
        this.newPage();
        this.row(head, widths, true);
      }
      this.row(blocks, widths, false);
    }
    this.y += 8;
  }

  /** The document, with the number of each page at its foot. */
  public async end(): Promise<Buffer> {
    const { document } = this;
    const { count } = document.bufferedPageRange();
    for (let index = 0; index < count; index++) {
      document.switchToPage(index);
      const base = document.page.height - FOOTER + 7;
      const number = `Page ${index + 1} of ${count}`;
      drawLine(document, this.footer, MARGIN, base, FOOT);
      drawLine(document, number, MARGIN + this.width - textWidth(number, FOOT.font, FOOT.size), base, FOOT);
    }
    document.end();
    await this.ended;
    return Buffer.concat(this.chunks);
  }

  private get bottom(): number {
    return this.document.page.height - MARGIN - FOOTER;
  }

  private room(height: number): void {
    if (this.y + height > this.bottom) this.newPage();
  }

  private block(text: string, style: Style, width: number): Block {
    const lines = linesOf(shorten(visible(text), MOST_CHARACTERS), style.font, style.size, width);
    return { lines, height: lines.length * (style.size * LINE_HEIGHT + style.gap), style };
  }

  /** Write below what is there. */
  private put(block: Block): void {
    this.room(block.height);
    this.write(block, MARGIN, this.y);
    this.y += block.height;
  }

  private write({ lines, style }: Block, x: number, y: number): void {
    const step = style.size * LINE_HEIGHT + style.gap;
    lines.forEach((line, index) => {
      drawLine(this.document, line, x, y + index * step + style.size * ASCENT, style);
    });
  }

  private row(blocks: readonly Block[], widths: readonly number[], isHead: boolean): void {
    const { document, y } = this;
    const height = heightOf(blocks);
    if (isHead) document.rect(MARGIN, y, this.width, height).fill(FAINT);
    document
      .moveTo(MARGIN, y + height)
      .lineTo(MARGIN + this.width, y + height)
      .lineWidth(0.5)
      .strokeColor(isHead ? ACCENT : RULE)
      .stroke();
    let x = MARGIN;
    blocks.forEach((block, index) => {
      this.write(block, x + 5, y + 4.5);
      x += widths[index];
    });
    this.y += height;
  }
}

function heightOf(blocks: readonly Block[]): number {
  return Math.max(...blocks.map(({ height }) => height)) + 8;
}

function textOf(cell: PdfCell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function styleOf(cell: PdfCell): Style {
  return typeof cell === 'string' ? CELL : { ...CELL, font: 'bold', colour: cell.colour };
}
