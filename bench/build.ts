import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..');

/** What the measurements run, built as a user's code is. */
export interface Built {
  /** Where everything is; to be deleted in the end. */
  readonly folder: string;
  /** The library. */
  readonly library: string;
  /** The process that synthesizes one app. */
  readonly synthChild: string;
  /** The command line tool. */
  readonly tool: string;
  /** A module that has a process note its peak memory. */
  readonly memoryHook: string;
}

/** Build the library and the child process into a temporary folder, without the CDK and cdk-nag; and the command line tool. */
export function build(): Built {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'cdk-soc2-bench-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  // The library looks for package.json two folders up, as from lib/checks.
  const library = join(folder, 'lib', 'checks', 'index.js');
  const synthChild = join(folder, 'synth-child.js');
  mkdirSync(join(folder, 'lib', 'checks'), { recursive: true });
  bundle(join(ROOT, 'src', 'index.ts'), library);
  bundle(join(__dirname, 'synth-child.ts'), synthChild);
  const memoryHook = join(folder, 'memory-hook.js');
  bundle(join(__dirname, 'memory-hook.ts'), memoryHook);
  require('../projenrc/tasks/bundle-cli');
  const tool = join(folder, 'cdk-soc2.js');
  copyFileSync(join(ROOT, 'assets', 'cli', 'cdk-soc2.js'), tool);
  return { folder, library, synthChild, tool, memoryHook };
}

function bundle(entry: string, outfile: string): void {
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'],
    logLevel: 'warning',
  });
}
