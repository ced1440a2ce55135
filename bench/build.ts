import { copyFileSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { bundleCli } from '../projenrc/tasks/bundle-cli';
import { bundleRules } from '../projenrc/tasks/bundle-rules';
import { writeLazyIndex } from '../projenrc/tasks/lazy-index';

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

/** Build what is measured into a temporary folder. */
export async function build(): Promise<Built> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'cdk-soc2-bench-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  // As the published library is: file by file, but for the rules.
  const lib = join(folder, 'lib');
  buildSync({ ...OPTIONS, entryPoints: [join(ROOT, 'src', '**', '*.ts')], outdir: lib });
  await bundleRules(lib);
  writeLazyIndex(lib);

  const synthChild = join(folder, 'synth-child.js');
  const external = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'];
  buildSync({ ...OPTIONS, entryPoints: [join(__dirname, 'synth-child.ts')], outfile: synthChild, bundle: true, external });
  const memoryHook = join(folder, 'memory-hook.js');
  buildSync({ ...OPTIONS, entryPoints: [join(__dirname, 'memory-hook.ts')], outfile: memoryHook });

  const tool = await bundleCli(join(folder, 'cli'));
  return { folder, library: join(lib, 'index.js'), synthChild, tool, memoryHook };
}

const OPTIONS: BuildOptions = { platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };
