import { dirname, join } from 'node:path/posix';
import { escaped } from '../text';

/** Links of our pages: within a page they begin with `#`, and stay. */
const LINK = /<a href="([^"#]+)(?:#[^"]*)?">(.*?)<\/a>/gs;

/** What is said only where a file is missing. */
const UNLESS = /<span data-unless="([^"]*)">([^<]*)<\/span>/g;

/**
 * Let a page lead to no file that is not there: the words of such a link stay, and say so.
 *
 * Which files there are is known when all are made: some were not asked for, and some could not be made.
 *
 * @param page markup of ours, in which no text of anybody else is a tag.
 * @param written paths of all files of the bundle.
 */
export function settleLinks(page: string, path: string, written: readonly string[]): string {
  const files = new Set(written.map(escaped));
  const isThere = (prefix: string) => written.some((each) => each.startsWith(prefix));
  return page
    .replace(LINK, (link, target: string, words: string) =>
      files.has(join(dirname(path), target)) ? link : `${words} <span class="soft small">(not in this bundle)</span>`,
    )
    .replace(UNLESS, (_, prefix: string, words: string) => (isThere(prefix) ? '' : `<b>${words}</b>`));
}
