import { FindingSeverity } from './finding-severity';

/** Days in which findings are to be fixed, by severity. */
export interface FindingDeadlines {
  /**
   * Days for critical findings. 1 to 3,650.
   *
   * @default 15
   */
  readonly criticalDays?: number;

  /**
   * Days for high findings. 1 to 3,650.
   *
   * @default 30
   */
  readonly highDays?: number;

  /**
   * Days for medium findings. 1 to 3,650.
   *
   * @default 90
   */
  readonly mediumDays?: number;

  /**
   * Days for low findings. 1 to 3,650.
   *
   * @default 180
   */
  readonly lowDays?: number;
}

/** The most days that are a deadline at all. */
const MOST_DAYS = 3_650;

/** The deadline of each severity. */
export function readDeadlines(deadlines: FindingDeadlines = {}): Readonly<Record<FindingSeverity, number>> {
  const { criticalDays = 15, highDays = 30, mediumDays = 90, lowDays = 180 } = deadlines;
  for (const [name, days] of Object.entries({ criticalDays, highDays, mediumDays, lowDays })) {
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
      throw new Error(`'deadlines.${name}' must be whole days from 1 to ${MOST_DAYS}, got ${days}`);
  }
  return {
    [FindingSeverity.CRITICAL]: criticalDays,
    [FindingSeverity.HIGH]: highDays,
    [FindingSeverity.MEDIUM]: mediumDays,
    [FindingSeverity.LOW]: lowDays,
  };
}
