import { bundleCli } from '../../projenrc/tasks/bundle-cli';
import { type Ended, type RunOptions, run } from './process';
import { temporaryFolder } from './temporary';

/** Bundle the command line tool as it is published, into a folder of its own; answers with its path. */
export function buildCli(): string {
  return bundleCli(temporaryFolder('cli'));
}

/** Runs of the command line tool, bundled once for the tests of a file. */
export class Cli {
  public readonly file = buildCli();

  public run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return run(process.execPath, [this.file, ...args], options);
  }
}
