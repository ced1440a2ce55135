import pc from 'picocolors';

/** Colours for a terminal, and plain text for everything else: files, pipes, and readers who ask for it with `NO_COLOR`. */
export function colours(isTerminal: boolean): ReturnType<typeof pc.createColors> {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const wanted = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  return pc.createColors(!NO_COLOR && (wanted || (isTerminal && TERM !== 'dumb' && FORCE_COLOR !== '0')));
}

/** How wide text may be: as wide as the terminal, within reason. */
export function screenWidth(isTerminal: boolean): number {
  const width = isTerminal ? process.stdout.columns : Number(process.env.COLUMNS);
  return width > 0 ? Math.max(60, Math.min(width, 160)) : 120;
}

/** Controls, line and paragraph separators, what turns the direction of text, what has no width, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from a template or a file name on one line: it must neither steer the terminal nor look like text of ours. */
export function printable(text: string, most = 400): string {
  const characters = [...text.slice(0, 2 * most)];
  const short = characters.length > most || text.length > 2 * most ? `${characters.slice(0, most - 1).join('')}…` : text;
  return short.replace(/\s+/g, ' ').replace(UNPRINTABLE, '�');
}

/** Text in lines that are not too wide; all lines but the first are indented. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    let rest = [...word];
    if (used > 0 && used + 1 + rest.length <= width) {
      line += ` ${word}`;
      used += 1 + rest.length;
      continue;
    }
    if (used > 0) lines.push(line);
    let start = lines.length === 0 ? '' : indent;
    while (start.length + rest.length > width) {
      const fits = Math.max(1, width - start.length);
      lines.push(start + rest.slice(0, fits).join(''));
      rest = rest.slice(fits);
      start = indent;
    }
    line = start + rest.join('');
    used = start.length + rest.length;
  }
  return [...lines, line];
}

/** `1 rule`, `2 rules`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
