import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { Piece } from './ledger';

/** Write a text that is in pieces to a file. */
export function writePieces(file: string, pieces: readonly Piece[]): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}
