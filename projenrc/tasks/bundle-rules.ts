import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { WITHOUT_EXAMPLES } from '../without-examples';

const ROOT = join(__dirname, '..', '..');
const RULES = join(ROOT, 'src', 'rules');

/** What rules share with the rest of the library is there once: it stays in files of its own. */
const OUTSIDE: Plugin = {
  name: 'outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = relative(RULES, join(resolveDir, path));
      return file.startsWith('..') || file === 'rule' ? { path: `./${file}`.split(sep).join('/'), external: true } : undefined;
    }),
};

/**
 * Put the rules into one file of a compiled library: every synthesis loads all of them, and hundreds of small files take half a
 * second. They are put together from their sources, as what was compiled of them one by one takes five times as long to load.
 */
export async function bundleRules(lib: string): Promise<void> {
  await build({
    entryPoints: [join(RULES, 'index.ts')],
    outfile: join(lib, 'rules', 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [OUTSIDE, WITHOUT_EXAMPLES],
    logLevel: 'warning',
  });
}

if (require.main === module) void bundleRules(join(ROOT, 'lib'));
