import type { CollectContext, Collector, Page, Query } from './collector';
import { tolerant } from './tolerant';

/** A page of a query that is known. */
export type Answer = Omit<Page, 'query' | 'cursor'>;

/** One query of a collector, with how it is answered. */
export interface Part {
  query(context: CollectContext): Query;
  answers(context: CollectContext): AsyncIterable<Answer>;
}

/** Answer queries one after the other. One that fails does not keep the next from being asked; a run that was killed goes on behind the last whole one. */
export function collectParts(parts: readonly Part[]): Collector['collect'] {
  return async function* (context) {
    const first = Number(context.resumeFrom ?? 0);
    for (let index = first; index < parts.length; index++) {
      const query = parts[index].query(context);
      yield* tolerant(query, pagesOf(query, parts[index].answers(context)));
      // Also when there was no answer at all: that nothing was found is evidence.
      yield { query, rows: [], answers: 0, cursor: String(index + 1) };
    }
  };
}

async function* pagesOf(query: Query, answers: AsyncIterable<Answer>): AsyncGenerator<Page> {
  for await (const answer of answers) yield { ...answer, query };
}
