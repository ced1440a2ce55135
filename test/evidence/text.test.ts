import { escaped, shorten, spokenTime, visible } from '../../src/evidence/text';
import { HOSTILE } from './sample';

test('what is invisible or turns text around is spelled out', () => {
  expect(visible(HOSTILE.turned)).toBe('evil⟨U+202E⟩gpj.exe');
  expect(visible('a\u200bb\u0000c\ud800')).toBe('a⟨U+200B⟩b⟨U+0000⟩c⟨U+D800⟩');
  expect(visible('one\n  two\tthree')).toBe('one two three');
});

test('letters of any script stay as they are', () => {
  expect(visible(HOSTILE.arabic)).toBe(HOSTILE.arabic);
  expect(visible('données 数据 🗄')).toBe('données 数据 🗄');
});

test('no text can become markup', () => {
  expect(escaped(HOSTILE.markup)).not.toMatch(/[<>"']/);
  expect(escaped('a & b')).toBe('a &amp; b');
});

test('a text is cut between characters, and says that it goes on', () => {
  expect(shorten('🗄🗄🗄🗄', 3)).toBe('🗄🗄…');
  expect(shorten('abc', 3)).toBe('abc');
});

test('times are told in UTC', () => {
  expect(spokenTime('2026-01-02T03:04:05.000Z')).toBe('2 January 2026, 03:04 UTC');
});
