import type { Check } from '../restore-messages';

/** Characters of an observed or expected value that are kept: all checks of a test fit into one message of a workflow. */
const MOST_CHARACTERS = 300;

/** A value as a ticket shows it, on one line and not longer than it should be. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
}

/** Something that was looked at, with what was expected and what was seen. */
export function check(name: string, asked: string, expected: unknown, observed: unknown, passed = expected === observed): Check {
  return {
    name: shown(name),
    expected: shown(expected),
    observed: shown(observed),
    passed,
    asked: shown(asked),
    at: new Date().toISOString(),
  };
}

/** A number that must not be below another one. */
export function atLeast(name: string, asked: string, expected: number, observed: number | undefined, unit: string): Check {
  const seen = observed === undefined ? 'unknown' : `${observed} ${unit}`;
  return check(name, asked, `at least ${expected} ${unit}`, seen, observed !== undefined && observed >= expected);
}

/** What an error says, without a stack. */
export function reason(error: unknown): string {
  return shown(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
