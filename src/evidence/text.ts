/** Controls, what turns the direction of text or has no width, line and paragraph separators, and halves of characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Most text has neither. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Text of a template as a reader may trust it: what would be invisible, or would turn other text around, is spelled out. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/\s*[\r\n\t]\s*/g, ' ').replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}

/** The start of a text, with a sign that it goes on. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * most)];
  return characters.length <= most && text.length <= 2 * most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const MARKUP = /[&<>"']/g;

/** Text as it stands in HTML and XML, in elements and attributes. */
export function escaped(text: string): string {
  return visible(text).replace(MARKUP, (character) => ENTITIES[character]);
}

/** `1 rule`, `2,000 rules`. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** A number with commas between thousands. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}

/** A moment as people read it: `22 November 2026, 02:47 UTC`. */
export function spokenTime(iso: string): string {
  const time = new Date(iso);
  const month = time.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
  return `${time.getUTCDate()} ${month} ${time.getUTCFullYear()}, ${time.toISOString().slice(11, 16)} UTC`;
}
