import { closeSync, openSync, writeFileSync } from 'node:fs';

/** A part of a text that is too long for one string: as a string, or in UTF-8. */
export type Piece = string | Uint8Array;

/** Bytes of a piece, at most, unless it is one string that is longer. */
const PIECE = 1_000_000;

/** UTF-8 takes up to so many bytes for a unit of a string. */
const MOST_BYTES = 3;

/** Texts are put together until they are so long: to encode each of many short ones takes longer. */
const ENOUGH = 8_000;

/** Collects text as UTF-8: strings of all of it take several times as long. */
export class PieceWriter {
  private readonly done: Piece[] = [];
  private readonly current = Buffer.allocUnsafe(PIECE);
  private length = 0;
  private waiting = '';

  public write(text: string): void {
    this.waiting += text;
    if (this.waiting.length > ENOUGH) this.encode();
  }

  /** All that was written. */
  public pieces(): Piece[] {
    this.encode();
    this.flush();
    return this.done;
  }

  private encode(): void {
    const text = this.waiting;
    this.waiting = '';
    if (this.length + text.length * MOST_BYTES > PIECE) this.flush();
    if (text.length * MOST_BYTES > PIECE) this.done.push(Buffer.from(text));
    else this.length += this.current.write(text, this.length);
  }

  private flush(): void {
    if (this.length > 0) this.done.push(Buffer.from(this.current.subarray(0, this.length)));
    this.length = 0;
  }
}

/** Write a text that is in pieces to a file. */
export function writePieces(file: string, pieces: readonly Piece[]): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}
