/** The longest time between two runs of a schedule, `cron(…)` or `rate(…)`, in days; undefined when it cannot be read. */
export function longestGap(expression: string): number | undefined {
  if (!gaps.has(expression)) gaps.set(expression, gapOf(expression.trim()));
  return gaps.get(expression);
}

const gaps = new Map<string, number | undefined>();

const RATE = /^rate\((\d+)\s+(minute|hour|day)s?\)$/;
const CRON = /^cron\((.+)\)$/;
const MINUTES = { minute: 1, hour: 60, day: 1440 };

function gapOf(expression: string): number | undefined {
  const rate = RATE.exec(expression);
  if (rate) return (Number(rate[1]) * MINUTES[rate[2] as keyof typeof MINUTES]) / MINUTES.day;
  const fields = CRON.exec(expression)?.[1].trim().split(/\s+/);
  if (!fields || fields.length < 5) return undefined;
  const [minute, hour, day, month, weekday, year = '*'] = fields;
  // Whoever lists years has a last one.
  return year === '*' ? gapBetween(runsOn(day, month, weekday), runsAt(minute, hour)) : Number.POSITIVE_INFINITY;
}

/** A span in which months and weekdays come together in every way. */
const [FIRST_YEAR, LAST_YEAR] = [2025, 2030];
const DAY = 24 * 60 * 60 * 1000;

/** Between the last time of a day and the first of the next that the schedule runs on, or between two times of a day. */
function gapBetween(runs: (date: Date) => boolean, times: readonly number[]): number {
  if (times.length === 0) return Number.POSITIVE_INFINITY;
  const [first, final] = [times[0], times[times.length - 1]];
  let longest = Math.max(0, ...times.slice(1).map((time, index) => time - times[index]));
  let last: number | undefined;
  const end = Date.UTC(LAST_YEAR, 11, 31);
  for (let time = Date.UTC(FIRST_YEAR, 0, 1); time <= end; time += DAY) {
    if (!runs(new Date(time))) continue;
    if (last !== undefined) longest = Math.max(longest, (time - last) / DAY - final + first);
    last = time;
  }
  return last === undefined || longest === 0 ? Number.POSITIVE_INFINITY : longest;
}

/** The times of a day, as parts of it, in their order. */
function runsAt(minute: string, hour: string): number[] {
  const minutes = [...numbers(minute, 59, [], 0)];
  return [...numbers(hour, 23, [], 0)]
    .flatMap((each) => minutes.map((of) => (each * 60 + of) / MINUTES.day))
    .sort((a, b) => a - b);
}

function runsOn(day: string, month: string, weekday: string): (date: Date) => boolean {
  const days = numbers(day, 31);
  const months = numbers(month, 12, MONTHS);
  const weekdays = numbers(weekday, 7, WEEKDAYS);
  const [onDay, onWeekday] = [specialDay(day), specialWeekday(weekday)];
  return (date) =>
    months.has(date.getUTCMonth() + 1) &&
    (onDay ? onDay(date) : days.has(date.getUTCDate())) &&
    (onWeekday ? onWeekday(date) : weekdays.has(date.getUTCDay() + 1));
}

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** `L` is the last day of the month, `15W` the weekday next to the 15th. */
function specialDay(field: string): ((date: Date) => boolean) | undefined {
  if (/^LW?$/i.test(field)) return isInLastDays(1);
  const near = /^(\d+)W$/i.exec(field);
  return near ? (date) => date.getUTCDate() === Number(near[1]) : undefined;
}

/** `2#1` is the first Monday of the month, `2L` the last. */
function specialWeekday(field: string): ((date: Date) => boolean) | undefined {
  const parts = /^([A-Z]+|\d)(?:#(\d)|(L))$/i.exec(field);
  if (!parts) return undefined;
  const [, name, week] = parts;
  const weekday = numberOf(name, WEEKDAYS);
  const isInWeek = week === undefined ? isInLastDays(7) : (date: Date) => Math.ceil(date.getUTCDate() / 7) === Number(week);
  return (date) => date.getUTCDay() + 1 === weekday && isInWeek(date);
}

function isInLastDays(count: number): (date: Date) => boolean {
  return (date) => new Date(date.getTime() + count * DAY).getUTCMonth() !== date.getUTCMonth();
}

/** The numbers from `least` to `last` that a field stands for. */
function numbers(field: string, last: number, names: readonly string[] = [], least = 1): ReadonlySet<number> {
  const found = new Set<number>();
  const count = last - least + 1;
  for (const part of field.split(',')) {
    const [range, step = '1'] = part.split('/');
    const [first, end = part.includes('/') ? String(last) : first] = /^[*?]$/.test(range)
      ? [String(least), String(last)]
      : range.split('-');
    const [from, to] = [numberOf(first, names), numberOf(end, names)];
    if (!(Number(step) >= 1) || Number.isNaN(from + to)) continue;
    // A range such as FRI-MON goes on from the beginning.
    const length = ((to - from + count) % count) + 1;
    for (let offset = 0; offset < length; offset += Number(step)) found.add(((from - least + offset) % count) + least);
  }
  return found;
}

function numberOf(text: string, names: readonly string[]): number {
  return names.indexOf(text.toUpperCase()) + 1 || Number(text);
}
