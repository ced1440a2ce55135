import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, buildSync, type Plugin } from 'esbuild';
import { temporaryFolder } from './temporary';

const ROOT = join(__dirname, '..', '..');
const MODULES = join(ROOT, 'node_modules');
const APPS = join(ROOT, 'test', 'e2e', 'apps');

/** What the library expects its user to install. */
export const PEERS = ['aws-cdk-lib', 'constructs', 'cdk-nag'];

/** The CDK's own command line tool. */
export const CDK = join(MODULES, 'aws-cdk', 'bin', 'cdk');

/** A folder in which the library is installed, and an app beside it. */
export interface Installation {
  readonly folder: string;
  /** Arguments of `node` that run the app. */
  readonly app: readonly string[];
}

/** Install the library as its users have it: one copy of everything. The app is one of `test/e2e/apps`. */
export async function install(app: string): Promise<Installation> {
  const folder = temporaryFolder('app');
  link(join(folder, 'node_modules'), PEERS);
  bundleLibrary(join(folder, 'node_modules', 'cdk-soc2'));
  await bundleApp(app, join(folder, 'app.js'));
  return { folder, app: [join(folder, 'app.js')] };
}

/**
 * Install the library with copies of its peers of its own, as package managers do when versions disagree.
 *
 * With links kept as they are, Node.js takes what two links lead to for two modules: that spares copying hundreds of megabytes.
 */
export async function installWithSecondCopy(app: string): Promise<Installation> {
  const folder = temporaryFolder('copies');
  const library = join(folder, 'node_modules', 'cdk-soc2');
  link(join(folder, 'node_modules'), [...dependenciesOf('aws-cdk-lib'), 'aws-cdk-lib', 'constructs']);
  bundleLibrary(library);
  link(join(library, 'node_modules'), [...dependenciesOf('aws-cdk-lib'), ...PEERS]);
  await bundleApp(app, join(folder, 'app.js'));
  return { folder, app: ['--preserve-symlinks', '--preserve-symlinks-main', join(folder, 'app.js')] };
}

/** What a package needs and does not bring along: with links kept as they are, it is looked for beside the link. */
function dependenciesOf(name: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8'));
  return Object.keys(dependencies).filter((each) => existsSync(join(MODULES, each)));
}

function link(modules: string, names: readonly string[]): void {
  mkdirSync(modules, { recursive: true });
  for (const name of names) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(MODULES, name), join(modules, name), 'junction');
  }
}

function bundleLibrary(folder: string): void {
  // As deep as the file that reads package.json.
  const main = 'lib/checks/index.js';
  buildSync({
    entryPoints: [join(ROOT, 'src', 'index.ts')],
    outfile: join(folder, main),
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: PEERS,
    logLevel: 'silent',
  });
  mkdirSync(dirname(join(folder, main)), { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ ...require(join(ROOT, 'package.json')), main, exports: undefined }),
  );
}

/** The apps import the sources, so that they are type-checked; when they run they import the package. */
const AS_PACKAGE: Plugin = {
  name: 'as-package',
  setup: ({ onResolve }) => onResolve({ filter: /^(\.\.\/)+src$/ }, () => ({ path: 'cdk-soc2', external: true })),
};

async function bundleApp(app: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(APPS, `${app}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: PEERS,
    plugins: [AS_PACKAGE],
    logLevel: 'silent',
  });
}
