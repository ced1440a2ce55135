import { PieceWriter } from '../../src/checks/pieces';

const MEGABYTE = 1_000_000;

function written(texts: readonly string[]): Uint8Array[] {
  const writer = new PieceWriter();
  for (const text of texts) writer.write(text);
  return writer.pieces().map((piece) => Buffer.from(piece));
}

test.each([
  ['nothing', []],
  ['nothing but empty strings', ['', '']],
  ['short strings', ['{', '"a":1', '}']],
  ['strings of every length of character', ['a', 'é', '…', '𝄞'.repeat(1_000)]],
  ['many strings', Array.from({ length: 100_000 }, (_, index) => `${index}… `)],
  ['a string that is longer than a piece', ['before', '…'.repeat(MEGABYTE), 'after']],
])('%s come out as they were written, in order', (_, texts) => {
  expect(Buffer.concat(written(texts)).toString()).toBe(texts.join(''));
});

test('pieces are as long as is handy, and none is empty', () => {
  const lengths = written(Array.from({ length: 5_000 }, () => 'x'.repeat(1_000))).map(({ length }) => length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(MEGABYTE);
  expect(Math.min(...lengths)).toBeGreaterThan(0);
  expect(lengths.length).toBeLessThan(10);
});
