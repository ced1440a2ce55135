import { escaped, shorten } from '../text';

/** A cell of Excel holds no more characters. */
const MOST_CHARACTERS = 32_000;

/** The texts of a workbook: each is written once, and cells name it by its number. */
export class SharedTexts {
  private readonly numbers = new Map<string, number>();
  private uses = 0;

  public numberOf(text: string): number {
    this.uses += 1;
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(text, number);
    }
    return number;
  }

  /** The part of the workbook that holds them. */
  public part(): string {
    const items = [...this.numbers.keys()].map((text) => `<si><t xml:space="preserve">${written(text)}</t></si>`);
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.uses}" uniqueCount="${items.length}">${items.join('\n')}</sst>`;
  }
}

/** Excel reads `_x0041_` as a letter. */
function written(text: string): string {
  return escaped(shorten(text, MOST_CHARACTERS)).replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x');
}
