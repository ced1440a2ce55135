import { paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import type { Clients } from './clients';

/** Refuse to say that there are analyzers where there are none. */
export async function mustBeThere({ analyzers: client }: Clients, kinds: readonly string[]): Promise<void> {
  const found = new Set<string>();
  for await (const page of paginateListAnalyzers({ client }, {}))
    for (const { type, status } of page.analyzers ?? []) if (type && status === 'ACTIVE') found.add(type);
  const lacking = kinds.filter((kind) => !found.has(kind));
  if (lacking.length === 0) return;
  const there = found.size > 0 ? [...found].sort().join(', ') : 'none';
  throw new Error(
    `there is no active analyzer of type ${lacking.join(', ')} to adopt in this Region, got ${there}. Use SecurityServiceMode.CREATE`,
  );
}
