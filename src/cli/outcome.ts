/** Exit code of a command. */
export type Outcome = 0 | 1 | 2;

/** Nothing blocks. */
export const CLEAN: Outcome = 0;

/** There are findings. */
export const FINDINGS: Outcome = 1;

/** The input cannot be judged. */
export const BAD_INPUT: Outcome = 2;
