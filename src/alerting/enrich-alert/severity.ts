/** What stands for a number, on the scale of GuardDuty: 1 to 3.9 low, 4 to 6.9 medium, 7 to 8.9 high, 9 to 10 critical. */
const WORDS: Readonly<Record<string, number>> = {
  INFORMATIONAL: 0,
  UNTRIAGED: 5,
  LOW: 2,
  MEDIUM: 5,
  HIGH: 8,
  CRITICAL: 9.5,
  FATAL: 10,
};

/** A severity as a number from 0 to 10 with one decimal place; what nobody rated is taken for high. */
export function severityOf(number: number | undefined, word?: string): number {
  const value = number ?? WORDS[(word ?? '').toUpperCase()] ?? 8;
  return Math.round(Math.min(10, Math.max(0, value)) * 10) / 10;
}

/** Severities of OCSF by their id. */
export const OCSF_SEVERITIES: Readonly<Record<number, number>> = { 1: 0, 2: 2, 3: 5, 4: 8, 5: 9.5, 6: 10 };

/** Severities of Macie by their score. */
export const MACIE_SEVERITIES: Readonly<Record<number, number>> = { 1: 2, 2: 5, 3: 8 };
