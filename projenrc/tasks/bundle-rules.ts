import { renameSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { WITHOUT_EXAMPLES } from '../without-examples';

/** What rules share with the rest of the library is there once: it stays in files of its own. */
const outside = (rules: string): Plugin => ({
  name: 'outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = relative(rules, join(resolveDir, path));
      return file.startsWith('..') || file === 'rule' ? { path: `./${file}`.split(sep).join('/'), external: true } : undefined;
    }),
});

/** Put the compiled rules of a folder into one file: every synthesis loads all of them, and hundreds of small files take half a second. */
export async function bundleRules(rules: string): Promise<void> {
  const index = join(rules, 'index.js');
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
    plugins: [outside(rules), WITHOUT_EXAMPLES],
    logLevel: 'warning',
  });
  renameSync(outfile, index);
}

if (require.main === module) void bundleRules(join(__dirname, '..', '..', 'lib', 'rules'));
