import { longestGap } from '../model/schedule';
import type { TestParts } from './restore-parts';
import type { CheckedProps } from './restore-testing-checks';

/** What the ledger shows: what is declared, and beside it what the tests are designed for. */
export function designOf(tests: readonly TestParts[], checked: CheckedProps): object {
  const { rpoSeconds, rtoSeconds, overdueHours, schedule, timeZone, selectionDays, validationHours } = checked;
  const kinds = [...new Set(tests.map(({ kind }) => kind))].sort();
  return {
    declared: { rpoHours: rpoSeconds / 3_600, rtoHours: rtoSeconds / 3_600, daysBetweenTests: overdueHours / 24 },
    designed: {
      schedule,
      timeZone,
      // A schedule that only deployment knows has no length yet.
      daysBetweenTests: longestGap(schedule) ?? 'not known',
      newestRecoveryPointOfDays: selectionDays,
      hoursForValidation: validationHours,
      tests: Object.fromEntries(kinds.map((each) => [each, tests.filter(({ kind }) => kind === each).length])),
    },
  };
}
