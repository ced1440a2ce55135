import type { FindingSeverity } from '../../detection/finding-severity';
import type { Memory } from './memory';
import { severityOf } from './patch-severity';
import type { Reading, Server } from './read-patches';

/** Days after which a missing patch of a severity is overdue. */
export type Deadlines = Readonly<Record<FindingSeverity, number>>;

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Hours after which the last look at a server is too long ago: the scan runs daily, and may be late once. */
const STALE_HOURS = 48;

/** A patch that is missing for longer than it may be. */
export interface OverduePatch {
  readonly server: string;
  readonly patch: string;
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly state?: string;
  readonly firstSeen: string;
  readonly ageDays: number;
  readonly deadlineDays: number;
}

/** What the looks at patches come to. */
export interface PatchTally {
  readonly missing: Readonly<Record<FindingSeverity, number>>;
  readonly overdue: readonly OverduePatch[];
  /** Age of the oldest missing patch by severity, in days. */
  readonly oldestDays: Readonly<Record<FindingSeverity, number>>;
  /** Servers that are there, and that nobody looked at lately. */
  readonly unscanned: readonly string[];
  /** Servers that Systems Manager has lost sight of: stopped, or their agent is. */
  readonly unreachable: readonly string[];
  /** Since when what is missing, for the next time. */
  readonly memory: Memory;
}

/** Count what was read, with the ages that are remembered. */
export function tally(reading: Reading, before: Memory, deadlines: Deadlines, now: Date): PatchTally {
  const { servers, missing, complete, problem } = reading;
  const counts = zeros();
  const oldestDays = zeros();
  const overdue: OverduePatch[] = [];
  // What could not be read now is not mended: it keeps its age. A server is gone where all are listed, and it is not.
  const mayBeThere = (server: string) => problem !== undefined || servers.has(server);
  const unread = ([key]: [string, string]) => mayBeThere(serverOf(key)) && !complete.has(serverOf(key));
  const memory: Record<string, string> = Object.fromEntries(Object.entries(before).filter(unread));
  const seen = new Set<string>();
  for (const { server, item } of missing) {
    const patch = item.Id ?? item.Title ?? '';
    const key = `${server} ${patch}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const firstSeen = (Object.hasOwn(before, key) ? before[key] : undefined) ?? now.toISOString();
    memory[key] = firstSeen;
    const severity = severityOf(item);
    const age = Math.max(0, now.getTime() - Date.parse(firstSeen)) / DAY;
    counts[severity] += 1;
    oldestDays[severity] = Math.max(oldestDays[severity], Math.floor(age));
    if (age > deadlines[severity]) {
      const deadlineDays = deadlines[severity];
      const { Title: title = '', Details: details } = item;
      overdue.push({
        server,
        patch,
        title,
        severity,
        state: details?.PatchState,
        firstSeen,
        ageDays: Math.floor(age),
        deadlineDays,
      });
    }
  }
  const all = [...servers.values()];
  return {
    missing: counts,
    overdue: overdue.sort((a, b) => b.ageDays - a.ageDays),
    oldestDays,
    unscanned: all.filter((server) => isOnline(server) && isStale(server, now)).map(({ id }) => id),
    unreachable: all.filter((server) => !isOnline(server)).map(({ id }) => id),
    memory,
  };
}

function zeros(): Record<FindingSeverity, number> {
  return { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 };
}

function serverOf(key: string): string {
  return key.slice(0, key.indexOf(' '));
}

function isOnline({ ping }: Server): boolean {
  return ping === 'Online';
}

function isStale({ scanned }: Server, now: Date): boolean {
  return scanned === undefined || !(now.getTime() - scanned.getTime() <= STALE_HOURS * HOUR);
}
