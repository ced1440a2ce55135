import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const root = join(__dirname, '..', '..');

/** How the command line tool becomes one file. */
export const CLI_BUNDLE = {
  absWorkingDir: root,
  entryPoints: [join(root, 'src', 'cli', 'cdk-soc2.ts')],
  outfile: join(root, 'assets', 'cli', 'cdk-soc2.js'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's CommonJS build hides its parts from bundlers; its module build does not.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  legalComments: 'linked',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
} satisfies BuildOptions;

if (require.main === module) {
  buildSync(CLI_BUNDLE);
  chmodSync(CLI_BUNDLE.outfile, 0o755);
}
