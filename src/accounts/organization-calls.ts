import type { Clock } from '../functions/clock';

/** How often a call is made while somebody else changes the organization. */
const MOST_TRIES = 10;

/** Milliseconds between two tries. */
const PAUSE = 3_000;

/**
 * Make a call that changes an organization. Such changes cannot be made at the same time: where another one is under way, it waits for
 * it. What is so already is no error.
 *
 * @param call the call; it is made again when it must wait.
 * @param clock what it waits with.
 * @param isSoAlready the name of the error that says so.
 */
export async function calmly(call: () => Promise<unknown>, clock: Clock, isSoAlready?: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await call();
      return;
    } catch (error) {
      const { name } = error as Error;
      if (name === isSoAlready) return;
      if (name !== 'ConcurrentModificationException' || attempt === MOST_TRIES) throw error;
      await clock.sleep(PAUSE);
    }
  }
}
