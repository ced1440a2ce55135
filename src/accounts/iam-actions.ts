import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The list of actions, seen from `lib/accounts` and from `src/accounts`. */
const FILE = join(__dirname, '..', '..', 'assets', 'iam-actions', 'actions.json');

/** Names of actions with spaces between them, by service. */
let services: Readonly<Record<string, string>> | undefined;

/**
 * Actions, with or without placeholders, that stand for nothing that AWS has.
 *
 * AWS takes a policy with such an action, and it has no effect.
 */
export function unknownActions(actions: readonly string[]): readonly string[] {
  // It is read only by those who ask.
  services ??= JSON.parse(readFileSync(FILE, 'utf8')).services as Readonly<Record<string, string>>;
  const known = services;
  return actions.filter((action) => !isKnown(action, known));
}

function isKnown(action: string, known: Readonly<Record<string, string>>): boolean {
  if (action === '*') return true;
  const [service, name, ...more] = action.split(':');
  const names = Object.hasOwn(known, service.toLowerCase()) ? known[service.toLowerCase()].split(' ') : [];
  if (name === undefined || name === '' || more.length > 0) return false;
  const expression = name
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  const pattern = new RegExp(`^${expression}$`, 'i');
  return names.some((each) => pattern.test(each));
}
