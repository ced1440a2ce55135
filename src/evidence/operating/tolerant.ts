import type { Page, Query } from './collector';
import { inOneLine, isFatal } from './failures';

/** The pages of one query of several: when it fails, that is said in its record, and the collector goes on with the next. */
export async function* tolerant(query: Query, pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  try {
    yield* pages;
  } catch (error) {
    // Without credentials, the next query would fail as well.
    if (isFatal(error)) throw error;
    yield { query, rows: [], answers: 0, missing: [inOneLine(error)] };
  }
}
