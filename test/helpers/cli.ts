import { join } from 'node:path';
import { type Ended, type RunOptions, run } from './process';

/** The command line tool as it is published, which the set-up of the tests has bundled. */
export const CLI = join(__dirname, '..', '..', 'assets', 'cli', 'cdk-soc2.js');

/** Run the command line tool. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return run(process.execPath, [CLI, ...args], options);
}
