import { CLOCK, type Clock } from '../../functions/clock';
import { metricLines, writeLine } from '../../functions/emit-metrics';
import { DIMENSION, METRICS, NAMESPACE, VARIABLES } from '../access-review-settings';
import { CLIENTS, type Clients } from './clients';
import { collect } from './collect';
import { concernsOf } from './concerns';
import { countsOf, reportOf } from './report';
import { Reviews, type StoredReview } from './reviews';

/** What the function works with. */
export interface ReviewInput {
  readonly clients: Clients;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly write: (line: string) => void;
}

const DAY = 86_400_000;

/**
 * Runs every day. It counts what somebody should do something about, and writes a review where the one for the current months is not there yet:
 * a day on which it fails is made up for on the next.
 *
 * What cannot be read completely is not written: a review that lacks something looks like one that does not.
 */
export function makeHandler({ clients, environment, clock, write }: ReviewInput) {
  return async (_event: unknown, context: { readonly invokedFunctionArn: string }): Promise<void> => {
    const now = new Date(clock.now());
    const [, , , region, account] = context.invokedFunctionArn.split(':');
    const unusedDays = numberOf(environment, VARIABLES.days);
    const start = startOf(now, numberOf(environment, VARIABLES.months));
    const reviews = new Reviews(
      clients.s3,
      setting(environment, VARIABLES.bucket),
      `${environment[VARIABLES.prefix] ?? ''}${account}/`,
    );

    const collected = await collect(clients, clock, {
      account,
      region,
      instance: environment[VARIABLES.instance],
      identityStore: environment[VARIABLES.identityStore],
    });
    const stored = await reviews.all(now);
    const isDue = !stored.some(({ day }) => day >= start);
    if (isDue) {
      const earlier = stored.length > 0 ? await reviews.read(stored[0].day) : undefined;
      await reviews.write(now.toISOString().slice(0, 10), reportOf(collected, { account, now, unusedDays, earlier }));
    }
    const counts = countsOf(concernsOf(collected, { now, days: unusedDays }));
    const values = Object.entries({ ...counts, [METRICS.daysUnsigned]: daysUnsigned(stored, now) });
    const dimensions = { [DIMENSION]: setting(environment, VARIABLES.review) };
    const metrics = values.map(([name, value]) => ({ name, value }));
    for (const line of metricLines(NAMESPACE, dimensions, metrics, now.getTime())) write(line);
    const { access, users, roles, permissionSets } = collected;
    const found = { access: access.length, users: users.length, roles: roles.length, permissionSets: permissionSets.length };
    write(JSON.stringify({ message: 'access was looked at', reviewWritten: isDue, ...found, ...counts }));
  };
}

/** The first day of the months that a review is for: of January, April, July or October where there are three. */
function startOf(now: Date, months: number): string {
  const first = Math.floor(now.getUTCMonth() / months) * months;
  return new Date(Date.UTC(now.getUTCFullYear(), first, 1)).toISOString().slice(0, 10);
}

/** For how long the oldest review has waited for a signature, in days. */
function daysUnsigned(stored: readonly StoredReview[], now: Date): number {
  const waiting = stored.filter(({ isSigned }) => !isSigned).map(({ day }) => (now.getTime() - Date.parse(day)) / DAY);
  return Math.floor(Math.max(0, ...waiting));
}

function setting(environment: ReviewInput['environment'], name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`the environment variable ${name} must be set, got none`);
  return value;
}

function numberOf(environment: ReviewInput['environment'], name: string): number {
  const value = Number(setting(environment, name));
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name} must be a whole number above 0, got '${environment[name]}'`);
  return value;
}

export const handler = makeHandler({ clients: CLIENTS, environment: process.env, clock: CLOCK, write: writeLine });
