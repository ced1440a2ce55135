/** Most characters of one value of an event in a message. */
const MOST = 600;

/** What steers a terminal, a mail program or the direction of writing, and what is not seen. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** Half a pair of a character beyond the first 65,536. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text from an event as one line of plain text.
 *
 * Nothing in it can start a new line, and so pass for another field; and no mail program makes a link of it.
 */
export function plain(value: string, most = MOST): string {
  const line = value.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  return shorten(
    line.replace(/\b(ht|f)tps?:\/\//gi, (scheme) => scheme.replace(/t/gi, 'x')),
    most,
  );
}

/** The same for a chat: shown as code, in which nobody is called by name, and nothing is a link. */
export function chat(value: string, most = MOST): string {
  const safe = plain(value, most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', "'")
    // Written apart, a mention is none.
    .replaceAll('@', '@ ');
  return safe === '' ? '' : `\`${safe}\``;
}

/** As the subject of a mail: what SNS takes is printable ASCII, below 100 characters. */
export function subject(value: string): string {
  const ascii = plain(value, 200).replace(/[^\x20-\x7e]/g, '?');
  return shorten(/^[A-Za-z0-9[]/.test(ascii) ? ascii : `Alert: ${ascii}`, 99, '...');
}

/** Links that are ours are not taken apart; a value that is not a link is no link. */
export function isLink(value: string): boolean {
  return /^https:\/\/[A-Za-z0-9.-]+(\/[\x21-\x7e]*)?$/.test(value);
}

export function shorten(value: string, most: number, mark = '…'): string {
  if (value.length <= most) return value;
  return value.slice(0, most - mark.length).replace(HALF, '') + mark;
}
