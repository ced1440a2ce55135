import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { CLI_BUNDLE } from '../../projenrc/tasks/bundle-cli';
import { type Ended, type RunOptions, run } from './process';
import { temporaryFolder } from './temporary';

/** Bundle the command line tool as it is published, into a folder of its own; answers with its path. */
export function buildCli(): string {
  const outfile = join(temporaryFolder('cli'), 'cdk-soc2.js');
  buildSync({ ...CLI_BUNDLE, outfile });
  return outfile;
}

/** Runs of the command line tool, bundled once for the tests of a file. */
export class Cli {
  public readonly file = buildCli();

  public run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return run(process.execPath, [this.file, ...args], options);
  }
}
