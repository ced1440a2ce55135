import type { Value } from '../../model/value';

/** True, false, or undefined when only deployment knows. */
export type Ternary = boolean | undefined;

/** Whether one of the answers is yes. */
export function anyIs(answers: readonly Ternary[]): Ternary {
  return answers.includes(true) || (answers.includes(undefined) ? undefined : false);
}

/** Whether all answers are yes. */
export function allAre(answers: readonly Ternary[]): Ternary {
  return !answers.includes(false) && (answers.includes(undefined) ? undefined : true);
}

export function isNot(answer: Ternary): Ternary {
  return answer === undefined ? undefined : !answer;
}

/** Whether a value is one of some texts. */
export function isOneOf(value: Value, wanted: readonly string[]): Ternary {
  if (value.isUnknown) return wanted.length === 0 ? false : undefined;
  return value.string !== undefined && wanted.includes(value.string);
}
