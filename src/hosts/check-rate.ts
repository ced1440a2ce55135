/** How fast State Manager goes through a fleet. */
export interface CheckRate {
  /** How many hosts are checked at the same time, in percent of the fleet. */
  readonly maxConcurrency: string;
  /** After how many failures the rest of the fleet is left out. */
  readonly maxErrors: string;
}

/**
 * The slowest rate at which a fleet of any size is through in half the time between two checks, even if each host takes as long as it
 * may; State Manager takes at least one host at a time, and rounds up. No failure ends it: that one host cannot be checked is no reason
 * to check no other.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-associations.html
 */
export function checkRate(everySeconds: number, longestSeconds: number): CheckRate {
  const rounds = Math.max(1, Math.floor(everySeconds / 2 / longestSeconds));
  return { maxConcurrency: `${Math.ceil(100 / rounds)}%`, maxErrors: '100%' };
}
