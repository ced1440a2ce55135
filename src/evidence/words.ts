import { COLUMN_NAMES, type Counts, WORDS } from './counts';
import { counted } from './text';

/** `2 errors, 31 passes`. */
export function wordsOf(counts: Counts): string {
  const said = COLUMN_NAMES.filter((column) => counts[column] > 0).map((column) => {
    const [one, many = one] = WORDS[column];
    return counted(counts[column], one, many);
  });
  return said.length === 0 ? 'no results' : said.join(', ');
}
