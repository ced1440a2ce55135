import { longestGap } from '../../src/model/schedule';

const HOUR = 1 / 24;

test.each([
  ['every day at one time', 'cron(0 5 * * ? *)', 1],
  ['every twelve hours', 'cron(0 0/12 ? * SUN-SAT *)', 12 * HOUR],
  ['every hour', 'cron(0 * * * ? *)', HOUR],
  ['every quarter of an hour', 'cron(*/15 * * * ? *)', HOUR / 4],
  ['at night, over midnight', 'cron(0 22-2 * * ? *)', 20 * HOUR],
  ['twice on workdays', 'cron(0 3,15 ? * MON-FRI *)', 2.5],
  ['every Monday', 'cron(0 5 ? * MON *)', 7],
  ['every month', 'cron(0 5 1 * ? *)', 31],
  ['every six hours, as a rate', 'rate(6 hours)', 6 * HOUR],
])('%s', (_, expression, days) => {
  expect(longestGap(expression)).toBeCloseTo(days, 9);
});

test.each([
  ['a day that no year has', 'cron(0 5 31 2 ? *)'],
  ['years that end', 'cron(0 5 1 * ? 2026)'],
  ['no time of a day', 'cron(x y * * ? *)'],
])('%s runs never again', (_, expression) => expect(longestGap(expression)).toBe(Number.POSITIVE_INFINITY));

test.each(['', 'daily', 'cron(0 5)', 'rate(x days)', 'at(2026-01-01T00:00:00)'])("'%s' cannot be read", (expression) =>
  expect(longestGap(expression)).toBeUndefined(),
);
