import type { Evidence } from './evidence';
import { visible } from './text';

const MOST_NAMED = 4;

/** What the evidence is about, as a title: the name that it was given, or else the stacks that were judged. */
export function systemName({ input, ledger: { templates } }: Pick<Evidence, 'input' | 'ledger'>): string {
  if (input.system) return visible(input.system);
  const stacks = [...new Set(templates.map(({ stack, path }) => stack ?? path))];
  if (stacks.length === 0) return 'No templates';
  const named = stacks.slice(0, MOST_NAMED).map((name) => visible(name.slice(0, 60)));
  return stacks.length > MOST_NAMED ? `${named.slice(0, 3).join(', ')} and ${stacks.length - 3} more stacks` : named.join(', ');
}
