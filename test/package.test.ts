import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build, buildSync, type Metafile, type Plugin } from 'esbuild';
import { peerDependencies } from '../package.json';
import { bundleRules } from '../projenrc/tasks/bundle-rules';
import { writeLazyIndex } from '../projenrc/tasks/lazy-index';
import { RULES } from '../src/rules';
import type { Rule } from '../src/rules/rule';
import { temporaryFolder } from './helpers/temporary';

const ROOT = join(__dirname, '..');

/** What a user must have installed. */
const PEERS = Object.keys(peerDependencies);

/** Leaves every package where it is. */
const PACKAGES: Plugin = {
  name: 'packages',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' ? undefined : { path, external: true })),
};

/** The files that are loaded from a file on, and the packages they ask for. */
async function closureOf(...entries: string[]): Promise<{ files: string[]; packages: string[] }> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'node',
    metafile: true,
    plugins: [PACKAGES],
    logLevel: 'silent',
  });
  const imports = Object.values((metafile as Metafile).inputs).flatMap((input) => input.imports);
  const asked = imports.filter(({ external }) => external).map(({ path }) => path.replace(/^node:/, ''));
  const packages = asked
    .filter((path) => !builtinModules.includes(path))
    .map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  return { files: Object.keys(metafile!.inputs), packages: [...new Set(packages)].sort() };
}

test('the peers are the CDK, constructs and cdk-nag', () => {
  expect(PEERS.sort()).toEqual(['aws-cdk-lib', 'cdk-nag', 'constructs']);
});

test('the library needs nothing but its peers', async () => {
  const { files, packages } = await closureOf('src/index.ts');
  expect(files).toContain('src/rules/index.ts');
  expect(packages.filter((name) => !PEERS.includes(name))).toEqual([]);
  expect(packages).toContain('aws-cdk-lib');
});

test('what judges templates needs no package at all', async () => {
  const { files, packages } = await closureOf(
    'src/rules/index.ts',
    'src/criteria/controls.ts',
    'src/model/assembly.ts',
    'src/model/resource.ts',
  );
  expect(files.filter((file) => file.startsWith('src/rules/')).length).toBeGreaterThan(10);
  expect(packages).toEqual([]);
});

test.each(['src/model', 'src/rules', 'src/criteria', 'src/cli'])('nothing in %s knows the CDK', async (folder) => {
  const { packages } = await closureOf(`${folder}/**/*.ts`);
  expect(packages.filter((name) => PEERS.includes(name))).toEqual([]);
});

test('rules are published in one file, as they are but for their examples', async () => {
  const lib = join(temporaryFolder('lib'), 'lib');
  const folders = ['criteria', 'model', 'rules'].map((folder) => join(ROOT, 'src', folder, '**', '*.ts'));
  buildSync({ entryPoints: folders, outbase: join(ROOT, 'src'), outdir: lib, platform: 'node', target: 'node20', format: 'cjs' });
  await bundleRules(lib);
  const plain = ({ examples: _, ...rule }: Rule) => ({ ...rule, applies: 'applies' in rule, check: typeof rule.check });
  const published: readonly Rule[] = require(join(lib, 'rules', 'index.js')).RULES;
  expect(published.map(plain)).toEqual(RULES.map(plain));
  expect(published.flatMap(({ examples }) => Object.keys({ ...examples.pass, ...examples.fail }))).toEqual([]);
});

test('what is used of the library is loaded, and nothing else', () => {
  const folder = temporaryFolder('lazy');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const lib = join(folder, 'lib');
  const everything = join(ROOT, 'src', '**', '*.ts');
  buildSync({ entryPoints: [everything], outdir: lib, platform: 'node', target: 'node20', format: 'cjs' });
  writeLazyIndex(lib);
  const script = `
    const index = require(${JSON.stringify(join(lib, 'index.js'))});
    const loaded = () => Object.keys(require.cache).length;
    const names = Object.keys(index);
    const atFirst = loaded();
    const criterion = index.Criterion.CC6_1;
    const byCriterion = loaded();
    const missing = names.filter((name) => index[name] === undefined);
    console.log(JSON.stringify({ names, atFirst, criterion, byCriterion, missing, byAll: loaded() }));
  `;
  const found = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
  expect(found).toMatchObject({ atFirst: 1, criterion: 'CC6.1', missing: [] });
  expect(found.byCriterion).toBeLessThan(5);
  expect(found.byAll).toBeGreaterThan(1_000);
  expect(found.names.sort()).toEqual(Object.keys(require('../src')).sort());

  const module = join(folder, 'user.mjs');
  writeFileSync(module, `import { ${found.names.join(', ')} } from './lib/index.js'; console.log(Criterion.CC6_1);`);
  expect(execFileSync(process.execPath, [module], { encoding: 'utf8' })).toBe('CC6.1\n');
});
