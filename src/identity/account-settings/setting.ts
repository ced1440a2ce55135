import type { Properties } from '../../functions/properties';
import type { Clients } from './clients';

/** What a setting is brought about with. */
export interface Asked {
  readonly clients: Clients;
  /** The account that it is about. */
  readonly account: string;
  /** What the template says. */
  readonly wanted: Properties;
  /** What it said before: what this function made, and may make weaker again. */
  readonly before: Properties;
}

/**
 * Makes a setting at least as strong as it is wanted, and says whether it had to.
 *
 * It reads first: what is strong enough stays as it is, so that it also works where a policy of the organization lets nobody change
 * the setting.
 */
export type Setting = (asked: Asked) => Promise<boolean>;
