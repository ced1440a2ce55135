import type { Step } from './standard-chain';

/** Files that were judged. */
export interface Judged {
  valid: number;
  invalid: number;
}

/** What became of a validation, in numbers; as JSON, so that it can go on. */
export interface TallyState {
  readonly standard: Judged;
  readonly backfill: Judged;
  readonly logFiles: Judged;
  problems: number;
  uncovered: number;
}

/** Counts what a validation found. */
export class Tally {
  constructor(
    public readonly state: TallyState = {
      standard: { valid: 0, invalid: 0 },
      backfill: { valid: 0, invalid: 0 },
      logFiles: { valid: 0, invalid: 0 },
      problems: 0,
      uncovered: 0,
    },
  ) {}

  public add({ checked, problems, uncovered }: Step): void {
    this.state.problems += problems.length + (checked?.problems.length ?? 0);
    if (uncovered) this.state.uncovered++;
    if (!checked) return;
    const wrongLogs = checked.problems.filter(({ kind }) => kind.startsWith('log-')).length;
    const isValid = checked.digest !== undefined && checked.problems.length === wrongLogs;
    this.state[checked.kind][isValid ? 'valid' : 'invalid']++;
    this.state.logFiles.invalid += wrongLogs;
    this.state.logFiles.valid += (checked.digest?.logs.length ?? 0) - wrongLogs;
  }
}
