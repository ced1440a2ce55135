import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(__dirname, '..', '..');
const outfile = join(root, 'assets', 'cli', 'cdk-soc2.js');

buildSync({
  entryPoints: [join(root, 'src', 'cli', 'cdk-soc2.ts')],
  outfile,
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
});
chmodSync(outfile, 0o755);
