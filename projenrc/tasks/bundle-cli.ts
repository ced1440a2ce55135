import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { ASSET_FOLDER, ASSETS } from '../../src/evidence/assets';
import { WITHOUT_EXAMPLES } from '../without-examples';
import { writeThirdParty } from './third-party';

const root = join(__dirname, '..', '..');

const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's CommonJS build hides its parts from bundlers; its module build does not.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  legalComments: 'none',
  plugins: [WITHOUT_EXAMPLES],
  logLevel: 'warning',
} satisfies BuildOptions;

/** How the command line tool becomes one file. */
export const CLI_BUNDLE = {
  ...OPTIONS,
  entryPoints: [join(root, 'src', 'cli', 'cdk-soc2.ts')],
  outfile: join(root, 'assets', 'cli', 'cdk-soc2.js'),
  external: ['*/evidence.js', '*/collect.js'],
  // Loaded by require: import() would first search all of it for names.
  supported: { 'dynamic-import': false },
  banner: { js: '#!/usr/bin/env node' },
} satisfies BuildOptions;

/** What writes evidence is large: it is a file of its own beside the tool, so that everything else starts at once. */
export const EVIDENCE_BUNDLE = {
  ...OPTIONS,
  entryPoints: [join(root, 'src', 'cli', 'evidence.ts')],
  outfile: join(root, 'assets', 'cli', 'evidence.js'),
  alias: {
    // Its module build asks for the address of its own file, which a bundle has none of.
    pdfkit: join(root, 'node_modules', 'pdfkit', 'js', 'pdfkit.js'),
    // The builds that it takes, so that there is but one of each.
    fontkit: join(root, 'node_modules', 'fontkit', 'dist', 'main.cjs'),
    linebreak: join(root, 'node_modules', 'linebreak', 'dist', 'main.cjs'),
  },
  // Read as files, which stand beside the bundle; see src/evidence/assets.ts.
  external: ['@fontsource/unifontex/*', 'dejavu-fonts-ttf/*', '@resvg/resvg-wasm/index_bg.wasm'],
} satisfies BuildOptions;

/** What collects evidence has the clients of AWS in it: a file of its own too. */
export const COLLECT_BUNDLE = {
  ...OPTIONS,
  entryPoints: [join(root, 'src', 'cli', 'collect.ts')],
  outfile: join(root, 'assets', 'cli', 'collect.js'),
} satisfies BuildOptions;

/** Bundle the command line tool into a folder, with everything that it needs; answers with the file to run. */
export async function bundleCli(folder: string): Promise<string> {
  const tool = join(folder, 'cdk-soc2.js');
  const bundles = await Promise.all([
    build({ ...CLI_BUNDLE, metafile: true, outfile: tool }),
    build({ ...EVIDENCE_BUNDLE, metafile: true, outfile: join(folder, 'evidence.js') }),
    build({ ...COLLECT_BUNDLE, metafile: true, outfile: join(folder, 'collect.js') }),
  ]);
  chmodSync(tool, 0o755);
  const assets = join(folder, ASSET_FOLDER);
  mkdirSync(assets, { recursive: true });
  for (const [name, find] of Object.entries(ASSETS)) copyFileSync(find(), join(assets, name));
  const copied = EVIDENCE_BUNDLE.external.map((path) => join('node_modules', path));
  writeThirdParty(join(folder, 'THIRD-PARTY.txt'), [
    ...bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
    ...copied,
  ]);
  return tool;
}

if (require.main === module) void bundleCli(join(root, 'assets', 'cli'));
