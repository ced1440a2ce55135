import { setTimeout as sleep } from 'node:timers/promises';

/** What a function waits with; tests put a faster one in its place. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export const CLOCK: Clock = { now: () => Date.now(), sleep: (milliseconds) => sleep(milliseconds) };
