import { canRead, type Readable, runnable } from '../evidence/operating/can-read';
import type { CollectorDescription, Period } from '../evidence/operating/collector';
import { InputError } from '../model/errors';

/** What a run collects; a run that goes on must collect the same. */
export interface CollectSettings {
  readonly from: string;
  readonly to: string;
  readonly account: string;
  readonly regions: readonly string[];
  readonly collectors: readonly string[];
  readonly archive: string | null;
  readonly reports: string | null;
  /** What a sample is drawn with; null where none is. */
  readonly sample: { readonly size: number; readonly seed: string } | null;
  /** SHA-256 of the manifest of the collection before this one; null for the first. */
  readonly previous: string | null;
}

const DAY = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/** A period in days, of which the last belongs to it, or in moments, of which the last does not. */
export function periodOf(from: string | undefined, to: string | undefined): Period {
  const start = momentOf('--from', from);
  const end = momentOf('--to', to);
  const period = { from: start, to: DATE.test(to!) ? new Date(end.getTime() + DAY) : end };
  if (period.from >= period.to) throw new InputError(`--to must be after --from (${from}), got '${to}'`);
  return period;
}

/** Refuse a period that is not over: nobody could collect all of it. */
export function requireOver({ to }: Period, now: Date): void {
  if (to <= now) return;
  const yesterday = new Date(now.getTime() - DAY).toISOString().slice(0, 10);
  throw new InputError(
    `--to must be over, so that all of it can be collected; it ends at ${to.toISOString()}, and now it is ${now.toISOString()}: the last whole day is ${yesterday}`,
  );
}

function momentOf(option: string, text: string | undefined): Date {
  const time = new Date(text !== undefined && (DATE.test(text) || MOMENT.test(text)) ? text : Number.NaN);
  // JavaScript takes the 31st of February for a day of March.
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== text!.slice(0, 10))
    throw new InputError(
      `${option} must be a day such as 2026-01-31, or a moment such as 2026-01-31T12:00:00Z, got ${shown(text)}`,
    );
  return time;
}

/** Regions that were named, in order and each once. */
export function regionsIn(named: readonly string[]): string[] {
  const regions = named.flatMap((text) => text.split(',')).map((text) => text.trim());
  const wrong = regions.find((region) => !REGION.test(region));
  if (wrong !== undefined) throw new InputError(`--region must be a Region such as eu-west-1, or all, got '${wrong}'`);
  return [...new Set(regions)];
}

/** The collectors to run: those that are named, or all that can run. */
export function choose<Kind extends CollectorDescription>(
  known: readonly Kind[],
  only: string | undefined,
  there: Readable,
): Kind[] {
  if (only === undefined) return runnable(known, there);
  const names = only.split(',').map((name) => name.trim());
  const ids = known.map(({ id }) => id);
  const wrong = names.find((name) => !ids.includes(name));
  if (wrong !== undefined) throw new InputError(`--only must name collectors (${ids.join(', ')}), got '${wrong}'`);
  const chosen = known.filter(({ id }) => names.includes(id));
  const needy = chosen.find((collector) => !canRead(collector, there));
  if (needy?.reads === 'reports')
    throw new InputError(`--only ${needy.id} reads reports that constructs wrote: give --reports s3://bucket or a folder`);
  if (needy)
    throw new InputError(`--only ${needy.id} reads the archive of the trail: give --archive s3://bucket/prefix or a folder`);
  return chosen;
}

/** How many rows a sample has, and what it is drawn with. */
export function sampleOf(size: string | undefined, seed: string | undefined): { size: number; seed: string } | undefined {
  if (size === undefined) {
    if (seed !== undefined) throw new InputError('--seed is what a sample is drawn with: give --sample as well');
    return undefined;
  }
  if (!/^[1-9]\d{0,5}$/.test(size)) throw new InputError(`--sample must be a number from 1 to 999999, got '${size}'`);
  if (seed === undefined || seed.trim() === '')
    throw new InputError('--sample needs --seed, a text that the auditor chooses, so that nobody else chooses the sample');
  return { size: Number(size), seed };
}

function shown(text: string | undefined): string {
  return text === undefined ? 'nothing' : `'${text}'`;
}
