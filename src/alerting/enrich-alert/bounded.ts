import { reasonOf } from './read-event';

/** Something that may take too long or fail: then it gives nothing, and a note says what is missing. */
export type Bounded = <T>(what: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T | undefined>;

/**
 * Give each piece of work its own time, and all of them together no more than a deadline.
 *
 * Work that does not listen to its signal is left behind: it is not waited for.
 */
export function boundedBy(each: number, deadline: AbortSignal, notes: string[]): Bounded {
  return async (what, work) => {
    const signal = AbortSignal.any([AbortSignal.timeout(each), deadline]);
    const stopped = new Promise<never>((_resolve, reject) => {
      if (signal.aborted) reject(new Error('no time was left'));
      signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    });
    try {
      return await Promise.race([work(signal), stopped]);
    } catch (error) {
      notes.push(`Not looked up: ${what} (${reasonOf(error)}).`);
      return undefined;
    }
  };
}
