import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..', '..');

const REQUIRE = /^(?:var|const) (\w+) = (require\("\.[^"]+"\));\n/gm;
const GETTER = /return (\w+)\.(\w+);/g;

/**
 * Have the index of a compiled library load a file when something of it is first used, as that of aws-cdk-lib does: who wants the
 * checks alone does not wait for every construct, and for what these are made of.
 *
 * @throws when the index exports anything but what other files export.
 */
export function writeLazyIndex(lib: string): void {
  const { outputText: eager } = ts.transpileModule(readFileSync(join(ROOT, 'src', 'index.ts'), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const files = new Map<string, string>();
  const withoutRequires = eager.replace(REQUIRE, (_, variable: string, call: string) => {
    files.set(variable, call);
    return '';
  });
  const lazy = withoutRequires.replace(GETTER, (_, variable: string, name: string) => {
    const call = files.get(variable);
    if (call === undefined)
      throw new Error(`'${name}' of src/index.ts comes from no file of its own: export it by name from one`);
    return `return ${call}.${name};`;
  });
  if (/^(var|const) |__exportStar/m.test(lazy))
    throw new Error('src/index.ts has more than exports by name: these alone can be lazy');
  writeFileSync(join(lib, 'index.js'), lazy);
}

if (require.main === module) writeLazyIndex(join(ROOT, 'lib'));
