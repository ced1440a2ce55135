import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED } from '../docs/generated';

const ROOT = join(__dirname, '..', '..');

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const { path, render } of GENERATED) {
  const file = join(ROOT, path);
  const text = render();
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) stale.push(path);
  else writeFileSync(file, text);
}
if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run 'npx projen generate' and commit the result.`);
  process.exitCode = 1;
}
