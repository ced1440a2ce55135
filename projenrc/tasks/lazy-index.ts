import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const INDEX = join(ROOT, 'src', 'index.ts');

/**
 * Have the index of a compiled library load a file when something of it is first used, as that of aws-cdk-lib does: who wants the
 * checks alone does not wait for every construct, and for what these are made of.
 *
 * @throws when the index has anything but exports of other files by name.
 */
export function writeLazyIndex(lib: string): void {
  const exported = exportsOf(INDEX);
  const lines = [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // Here Node.js finds the names that ES modules may import; it must not see that they have getters.
    ...exported.map(({ name }) => `exports.${name} = void 0;`),
    'const lazy = (name, load) => Object.defineProperty(exports, name, { enumerable: true, get: () => load()[name] });',
    ...exported.map(({ name, file }) => `lazy("${name}", () => require("${file}"));`),
  ];
  writeFileSync(join(lib, 'index.js'), `${lines.join('\n')}\n`);
}

/** What a file exports of others and is there at run time: names, and the files that they are of. */
function exportsOf(file: string): { readonly name: string; readonly file: string }[] {
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const cannotWait = () =>
    new Error(`${file} has more than exports of other files by name: only these can wait until they are used`);
  return statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) throw cannotWait();
    const { exportClause, moduleSpecifier, isTypeOnly } = statement;
    if (isTypeOnly) return [];
    if (!exportClause || !ts.isNamedExports(exportClause)) throw cannotWait();
    const from = (moduleSpecifier as ts.StringLiteral).text;
    const exported = exportClause.elements.filter((each) => !each.isTypeOnly);
    if (exported.some(({ propertyName }) => propertyName !== undefined)) throw cannotWait();
    return exported.map(({ name }) => ({ name: name.text, file: from }));
  });
}

if (require.main === module) writeLazyIndex(join(ROOT, 'lib'));
