import { readFileSync, renameSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import ts from 'typescript';

/** What rules share with the rest of the library is there once: it stays in files of its own. */
const outside = (rules: string): Plugin => ({
  name: 'outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const file = relative(rules, join(resolveDir, path));
      return file.startsWith('..') || file === 'rule' ? { path: `./${file}`.split(sep).join('/'), external: true } : undefined;
    }),
});

/** Examples are for tests and RULES.md: at synthesis nobody reads them, and to make them takes longer than to make the rules. */
const WITHOUT_EXAMPLES: Plugin = {
  name: 'without-examples',
  setup: ({ onLoad }) => onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: withoutExamples(readFileSync(path, 'utf8')) })),
};

function withoutExamples(code: string): string {
  let result = '';
  let from = 0;
  const cut = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'examples') {
      result += `${code.slice(from, node.getFullStart())} examples: { pass: {}, fail: {} }`;
      from = node.end;
    } else ts.forEachChild(node, cut);
  };
  cut(ts.createSourceFile('rule.js', code, ts.ScriptTarget.Latest));
  return result + code.slice(from);
}

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
