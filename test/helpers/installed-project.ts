import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { CLI } from './cli';

const ROOT = join(__dirname, '..', '..');

/** Install the library into a folder as `npm ci` would: built from source, with its tool and everything that it needs. */
export function installInto(folder: string): void {
  const modules = join(folder, 'node_modules');
  const library = join(modules, 'cdk-soc2');
  const bin = join(modules, '.bin');
  for (const path of [bin, library]) mkdirSync(path, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  buildSync({
    entryPoints: [join(ROOT, 'src', '**', '*.ts')],
    outdir: join(library, 'lib'),
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  for (const part of ['assets', 'package.json']) symlinkSync(join(ROOT, part), join(library, part));
  symlinkSync(CLI, join(bin, 'cdk-soc2'));
  symlinkSync(join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), join(bin, 'cdk'));
}

/** A program of that name that only writes down what it was asked for; answers with the folder that it is in. */
export function recorded(folder: string, name: string, does = ''): string {
  const bin = join(folder, 'stand-ins');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\necho "$@" >> "${join(folder, `${name}.asked`)}"\n${does}\n`, { mode: 0o755 });
  return bin;
}
