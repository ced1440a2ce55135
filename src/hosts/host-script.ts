import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the scripts, seen from `lib/hosts` and from `src/hosts`. */
const SCRIPTS = join(__dirname, '..', '..', 'assets', 'hosts');

/** The lines of scripts, one after the other, for a document of Systems Manager. */
export function hostScript(...names: readonly string[]): string[] {
  return names.flatMap((name) => readFileSync(join(SCRIPTS, name), 'utf8').trimEnd().split('\n'));
}
