import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Loader, Plugin } from 'esbuild';
import ts from 'typescript';

/** Examples are for tests and RULES.md: at synthesis nobody reads them, and to make them takes longer than to make the rules. */
export const WITHOUT_EXAMPLES: Plugin = {
  name: 'without-examples',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[/\\]rules[/\\].*\.[jt]s$/ }, ({ path }) => ({
      contents: withoutExamples(path, readFileSync(path, 'utf8')),
      loader: extname(path).slice(1) as Loader,
    })),
};

function withoutExamples(path: string, code: string): string {
  let result = '';
  let from = 0;
  const cut = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'examples') {
      result += `${code.slice(from, node.getFullStart())} examples: { pass: {}, fail: {} }`;
      from = node.end;
    } else ts.forEachChild(node, cut);
  };
  cut(ts.createSourceFile(path, code, ts.ScriptTarget.Latest));
  return result + code.slice(from);
}
