import { renameSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';

const rules = join(__dirname, '..', '..', 'lib', 'rules');
const index = join(rules, 'index.js');

/** What rules share with the rest of the library is there once: it stays in files of its own. */
const OUTSIDE: Plugin = {
  name: 'outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = relative(rules, join(resolveDir, path));
      return file.startsWith('..') || file === 'rule' ? { path: `./${file}`.split(sep).join('/'), external: true } : undefined;
    }),
};

/** Put the compiled rules into one file: every synthesis loads all of them, and hundreds of small files take half a second. */
async function bundleRules(): Promise<void> {
  const outfile = join(rules, 'index.bundle.js');
  await build({
    entryPoints: [index],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [OUTSIDE],
    logLevel: 'warning',
  });
  renameSync(outfile, index);
}

void bundleRules();
