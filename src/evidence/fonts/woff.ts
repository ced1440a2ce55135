import { unzlibSync } from 'fflate';

const HEADER = 44;
const ENTRY = 20;

interface Part {
  readonly tag: number;
  readonly checksum: number;
  readonly size: number;
  readonly packed: Uint8Array;
}

/** The font that a WOFF file is a compressed form of. */
export function unpackWoff(file: Uint8Array): Buffer {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts = Array.from({ length: view.getUint16(12) }, (_, index): Part => {
    const at = HEADER + index * ENTRY;
    const start = view.getUint32(at + 4);
    return {
      tag: view.getUint32(at),
      packed: file.subarray(start, start + view.getUint32(at + 8)),
      size: view.getUint32(at + 12),
      checksum: view.getUint32(at + 16),
    };
  });
  const head = 12 + 16 * parts.length;
  const font = Buffer.alloc(parts.reduce((total, { size }) => total + padded(size), head));
  font.writeUInt32BE(view.getUint32(4), 0);
  font.writeUInt16BE(parts.length, 4);
  let offset = head;
  parts.forEach(({ tag, checksum, size, packed }, index) => {
    const at = 12 + 16 * index;
    for (const [place, number] of [tag, checksum, offset, size].entries()) font.writeUInt32BE(number, at + 4 * place);
    font.set(packed.length < size ? unzlibSync(packed) : packed, offset);
    offset += padded(size);
  });
  return font;
}

/** Parts begin at multiples of four bytes. */
function padded(size: number): number {
  return (size + 3) & ~3;
}
