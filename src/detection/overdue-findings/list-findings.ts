import { type Finding, type Inspector2Client, ListFindingsCommand, type ListFindingsRequest } from '@aws-sdk/client-inspector2';

/** What is asked of Inspector. The oldest come first: when there is no time for all, those that matter were seen. */
export const QUERY = {
  filterCriteria: { findingStatus: [{ comparison: 'EQUALS', value: 'ACTIVE' }] },
  sortCriteria: { field: 'FIRST_OBSERVED_AT', sortOrder: 'ASC' },
  maxResults: 100,
} as const satisfies ListFindingsRequest;

/** How far the list was read. */
export interface Reading {
  readonly pages: number;
  /** Why the list was not read to its end; not set when it was. */
  readonly problem?: string;
}

/** Read every page of the list, as long as there is time; what was read before something failed counts. */
export async function listFindings(
  client: Inspector2Client,
  take: (finding: Finding) => void,
  hasTime: () => boolean,
): Promise<Reading> {
  const tokens = new Set<string>();
  let pages = 0;
  let nextToken: string | undefined;
  do {
    if (!hasTime()) return { pages, problem: 'there was no time for the rest of the list' };
    if (nextToken !== undefined) tokens.add(nextToken);
    try {
      const page = await client.send(new ListFindingsCommand({ ...QUERY, nextToken }));
      for (const finding of page.findings ?? []) take(finding);
      nextToken = page.nextToken;
      pages += 1;
    } catch (error) {
      const { name, message } = error as Error;
      return { pages, problem: `page ${pages + 1} of the list could not be read: ${name}: ${message}` };
    }
    if (nextToken !== undefined && tokens.has(nextToken)) return { pages, problem: 'Inspector gave the same page again' };
  } while (nextToken !== undefined);
  return { pages };
}
