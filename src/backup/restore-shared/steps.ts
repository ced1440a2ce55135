import type { Check, Step, ValidatorCall } from '../restore-messages';

/** A step that is done. */
export function done(checks: readonly Check[], more: Partial<Step> = {}): Step {
  return { done: true, wait: 1, checks, ...more };
}

/** A step that must be called again after a while. */
export function again(wait: number, progress?: unknown, checks: readonly Check[] = []): Step {
  return { done: false, wait, checks, ...(progress === undefined ? {} : { progress }) };
}

/** The error of a test that took too long; it says what was waited for. */
export class TooLate extends Error {
  public override readonly name = 'TooLate';
}

/** Fail when the time for validation is over. */
export function beforeDeadline(
  { deadline }: Pick<ValidatorCall['test'], 'deadline'>,
  waitingFor: string,
  now = Date.now(),
): void {
  if (now > Date.parse(deadline))
    throw new TooLate(`the time for validation was over at ${deadline}, while waiting for ${waitingFor}`);
}

/** Time for the removal of what a test made, beyond the end of validation; taken from what is kept for it. */
export const REMOVAL_MS = 25 * 60_000;

/** The last part of an ARN: `table/Orders` gives `Orders`, `cluster:orders` gives `orders`. */
export function nameIn(arn: string): string {
  return arn.split(':').at(-1)!.split('/').at(-1)!;
}
