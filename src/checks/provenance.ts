import { execFileSync } from 'node:child_process';
import { InputError } from '../model/errors';

/** Now, or the moment that `SOURCE_DATE_EPOCH` names, so that the same input gives the same bytes. */
export function currentTime(): Date {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return new Date();
  const time = new Date(/^\d{1,12}$/.test(epoch) ? Number(epoch) * 1000 : Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw new InputError(`SOURCE_DATE_EPOCH must be a number of seconds since 1970, got '${epoch}'`);
  return time;
}

/** The commit that is checked out in the working folder; undefined outside a repository. */
export function currentCommit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** Versions of what takes part in a synthesis. */
export function versions(): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, path] of Object.entries({
    'cdk-soc2': '../../package.json',
    'aws-cdk-lib': 'aws-cdk-lib/package.json',
    'cdk-nag': 'cdk-nag/package.json',
  })) {
    result[name] = (require(path) as { version: string }).version;
  }
  return result;
}
