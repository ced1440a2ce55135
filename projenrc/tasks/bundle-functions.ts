import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const root = join(__dirname, '..', '..');
const source = join(root, 'src');
const target = join(root, 'assets', 'functions');

/** How a function becomes one file. */
const FUNCTION_BUNDLE = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  // A responder who reads an error wants the names of what failed.
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
} satisfies BuildOptions;

/** The functions of the library, by the name of their folder: `src/<concern>/<name>/handler.ts`. */
export function functionSources(): Readonly<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const concern of foldersIn(source)) {
    for (const folder of foldersIn(concern)) {
      const handler = join(folder, 'handler.ts');
      if (!existsSync(handler)) continue;
      const name = basename(folder);
      if (sources[name]) {
        throw new Error(`two functions are named '${name}': ${sources[name]} and ${relative(root, handler)}. Rename one folder`);
      }
      sources[name] = relative(root, handler);
    }
  }
  return sources;
}

/** Write each bundle that differs from what is there, so that test runners can do it at the same time. */
export function bundleFunctions(): void {
  for (const [name, entryPoint] of Object.entries(functionSources())) {
    const [{ contents }] = buildSync({ ...FUNCTION_BUNDLE, entryPoints: [join(root, entryPoint)] }).outputFiles;
    const file = join(target, name, 'index.js');
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(dirname(file), { recursive: true });
    const temporary = join(target, `${name}.${process.pid}.tmp`);
    writeFileSync(temporary, contents);
    renameSync(temporary, file);
  }
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

if (require.main === module) bundleFunctions();
