import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { writeThirdParty } from './third-party';

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
  metafile: true,
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

/** Bundle the functions whose source changed since they were bundled; test runners may do it at the same time. */
export function bundleFunctions(): void {
  const sources = functionSources();
  const outdated = Object.entries(sources).filter(([name]) => !isCurrent(name));
  if (outdated.length === 0) return;
  for (const [name, entryPoint] of outdated) bundleFunction(name, entryPoint);
  const inputs = Object.keys(sources).flatMap((name) => madeOf(name).inputs);
  writeThirdParty(join(target, 'THIRD-PARTY.txt'), inputs);
}

function bundleFunction(name: string, entryPoint: string): void {
  const started = Date.now();
  const { outputFiles, metafile } = buildSync({ ...FUNCTION_BUNDLE, entryPoints: [join(root, entryPoint)] });
  replace(join(target, name, 'index.js'), outputFiles[0].contents);
  const made: Made = { started, inputs: Object.keys(metafile.inputs) };
  replace(noteOf(name), Buffer.from(JSON.stringify(made)));
}

/** When a bundle was made, and of which files. */
interface Made {
  readonly started: number;
  readonly inputs: readonly string[];
}

function isCurrent(name: string): boolean {
  if (!existsSync(join(target, name, 'index.js')) || !existsSync(noteOf(name))) return false;
  const { started, inputs } = madeOf(name);
  const files = [...inputs, 'package-lock.json', relative(root, __filename)].map((file) => join(root, file));
  return files.every((file) => existsSync(file) && statSync(file).mtimeMs < started);
}

function madeOf(name: string): Made {
  return JSON.parse(readFileSync(noteOf(name), 'utf8'));
}

function noteOf(name: string): string {
  return join(root, 'node_modules', '.cache', 'cdk-soc2', 'functions', `${name}.json`);
}

/** Write a file in one step, so that nobody reads half of it. */
function replace(file: string, contents: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${dirname(file)}.${basename(file)}.${process.pid}.tmp`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

if (require.main === module) bundleFunctions();
