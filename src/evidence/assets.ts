import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that evidence is made with, and where they stand in the source tree. */
export const ASSETS = {
  'report.css': () => join(__dirname, 'html', 'report.css'),
  'report.client.js': () => join(__dirname, 'html', 'report.client.js'),
  'DejaVuSans.ttf': () => join(fonts(), 'DejaVuSans.ttf'),
  'DejaVuSans-Bold.ttf': () => join(fonts(), 'DejaVuSans-Bold.ttf'),
  'DejaVuSansMono.ttf': () => join(fonts(), 'DejaVuSansMono.ttf'),
  'UnifontEx.woff': () => require.resolve('@fontsource/unifontex/files/unifontex-latin-400-normal.woff'),
  'resvg.wasm': () => require.resolve('@resvg/resvg-wasm/index_bg.wasm'),
} as const;

export type AssetName = keyof typeof ASSETS;

/** Name of the folder beside the bundled tool that holds them. */
export const ASSET_FOLDER = 'evidence';

const READ = new Map<AssetName, Buffer>();

/** The content of such a file. */
export function asset(name: AssetName): Buffer {
  let content = READ.get(name);
  if (!content) {
    content = read(name);
    READ.set(name, content);
  }
  return content;
}

function read(name: AssetName): Buffer {
  try {
    return readFileSync(join(__dirname, ASSET_FOLDER, name));
  } catch {
    return readFileSync(ASSETS[name]());
  }
}

function fonts(): string {
  return join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
}
