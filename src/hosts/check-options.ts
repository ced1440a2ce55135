import { type Duration, Token } from 'aws-cdk-lib';

/** How paths of a platform look that are put into a script. */
interface PathForm {
  readonly pattern: RegExp;
  readonly words: string;
}

export const LINUX_PATH: PathForm = {
  pattern: /^(\/[\w.@+-]+)+$/,
  words: "absolute, of letters, digits and ._@+-/, without a slash at its end: '/etc'",
};
export const WINDOWS_PATH: PathForm = {
  pattern: /^[A-Z]:\\[^'"\p{C}{}]*[^'"\p{C}{}\\]$/u,
  words: "absolute, without quotation marks and braces: 'C:\\Windows'",
};

/** Paths that can be put into a script as they are. */
export function checkedPaths(
  name: string,
  paths: readonly string[],
  { pattern, words }: PathForm,
  least: number,
): readonly string[] {
  if (paths.length < least) throw new Error(`'${name}' must name one path at least, got none: leave it out for the default`);
  for (const path of paths) {
    if (Token.isUnresolved(path) || !pattern.test(path)) throw new Error(`each of '${name}' must be ${words}, got '${path}'`);
  }
  return paths;
}

/** What names of objects begin with, that can be put into a script as it is. */
export function checkedPrefix(prefix: string): string {
  if (!Token.isUnresolved(prefix) && !/^[\w!.*()/-]{0,200}\/$/.test(prefix))
    throw new Error(`'prefix' must be of letters, digits and !-_.*()/ and end with a slash, got '${prefix}'`);
  return prefix;
}

export function wholeHours(name: string, duration: Duration, most: number): number {
  const hours = duration.toHours({ integral: false });
  if (!Number.isInteger(hours) || hours < 1 || hours > most)
    throw new Error(`'${name}' must be whole hours from 1 to ${most}, got ${hours}`);
  return hours;
}
