import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Write which packages are in bundles, and the licences that they come with: most of them ask for that. */
export function writeThirdParty(file: string, inputs: readonly string[]): void {
  const packages = [...new Set(inputs.flatMap((input) => packageOf(input) ?? []))].sort();
  const byLicence = new Map<string, string[]>();
  for (const folder of packages) {
    const { name, version, license = 'see below' } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const text = licenceIn(join(root, folder));
    byLicence.set(text, [...(byLicence.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const sections = [...byLicence].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  writeFileSync(file, `This folder holds code of these packages.\n\n${sections.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/** The folder of the package that a file belongs to; undefined for our own. */
function packageOf(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function licenceIn(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').replace(/\r/g, '').trim());
  return texts.length > 0 ? texts.join('\n\n') : 'The package comes without the text of its licence.';
}
