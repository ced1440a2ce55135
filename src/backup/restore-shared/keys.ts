import { createHash } from 'node:crypto';
import { TICKET_PREFIX } from '../restore-messages';
import { nameIn } from './steps';

/** What the key of a ticket says. */
export interface TicketKey {
  /** When the test ended. */
  readonly at: string;
  readonly passed: boolean;
}

/** Where the tickets of a resource are: readable, and different for two resources of one name. */
export function prefixOf(kind: string, source: string): string {
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 12);
  return `${TICKET_PREFIX}${safe(kind)}/${safe(nameIn(source))}-${digest}/`;
}

/** The key of a ticket, without its ending; the result is in it, so that a list of keys tells what passed. */
export function keyOf(kind: string, source: string, id: string, endedAt: string, passed: boolean): string {
  return `${prefixOf(kind, source)}${endedAt.slice(0, 19).replaceAll(':', '-')}Z_${safe(id)}_${passed ? 'passed' : 'failed'}`;
}

/** Read a key again; undefined for what is no ticket. */
export function readKey(key: string): TicketKey | undefined {
  const [, date, hour, minute, second, result] =
    /\/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z_[^/]*_(passed|failed)\.json$/.exec(key) ?? [];
  return date === undefined ? undefined : { at: `${date}T${hour}:${minute}:${second}Z`, passed: result === 'passed' };
}

/** Names come from resources: only what a key, a file name and a page can take without harm stays. */
function safe(name: string): string {
  return name.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 80) || 'unnamed';
}
