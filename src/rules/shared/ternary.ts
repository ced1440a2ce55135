import type { Ternary } from './address-block';

/** Whether one of the answers is yes; undefined when only deployment knows. */
export function anyIs(answers: readonly Ternary[]): Ternary {
  return answers.includes(true) || (answers.includes(undefined) ? undefined : false);
}

/** Whether all answers are yes; undefined when only deployment knows. */
export function allAre(answers: readonly Ternary[]): Ternary {
  return !answers.includes(false) && (answers.includes(undefined) ? undefined : true);
}

export function isNot(answer: Ternary): Ternary {
  return answer === undefined ? undefined : !answer;
}
