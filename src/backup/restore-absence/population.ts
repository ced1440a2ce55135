import {
  type BackupClient,
  ListTagsCommand,
  type ProtectedResource,
  paginateListProtectedResources,
} from '@aws-sdk/client-backup';
import type { Watched } from '../restore-messages';
import { kindOf } from '../restore-shared/job';

/** A resource that should be tested. */
export interface Population {
  readonly kind: string;
  readonly source: string;
}

/**
 * The resources that are named, whether AWS Backup knows them or not, and those that it protects and that have the tags.
 *
 * Tags that select nothing stand for a resource that was never tested: a tag that everybody forgot is found as well.
 */
export async function population(client: BackupClient, watched: readonly Watched[]): Promise<readonly Population[]> {
  const named = watched.flatMap(({ kind, sources }) => sources.map((source) => ({ kind, source })));
  const byTag = watched.filter(({ sources }) => sources.length === 0);
  if (byTag.length === 0) return named;
  const found: Population[] = [];
  const selecting = new Set<Watched>();
  for await (const { Results: results = [] } of paginateListProtectedResources({ client }, {})) {
    for (const resource of results) {
      const { ResourceArn: source, ResourceType: type = '' } = resource;
      if (source === undefined) continue;
      const kind = kindOf(type);
      const selections = await selectionsOf(
        client,
        resource,
        byTag.filter((each) => each.kind === kind),
      );
      for (const each of selections) selecting.add(each);
      if (selections.length > 0 && !named.some((each) => each.source === source)) found.push({ kind, source });
    }
  }
  const selectsNothing = byTag.filter((each) => !selecting.has(each));
  return [...named, ...found, ...selectsNothing.map((selection) => ({ kind: selection.kind, source: nameOf(selection) }))];
}

function nameOf({ kind, tags }: Watched): string {
  const words = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return words.length === 0 ? `every ${kind} resource` : `${kind} resources with ${words.sort().join(' and ')}`;
}

/** What selects a resource. Restore testing reads the tags of the latest recovery point, not those that the resource has today. */
async function selectionsOf(
  client: BackupClient,
  { LastRecoveryPointArn: point }: ProtectedResource,
  all: readonly Watched[],
): Promise<readonly Watched[]> {
  const hasTags = all.some(({ tags }) => Object.keys(tags).length > 0);
  const tags = hasTags && point !== undefined ? await tagsOf(client, point) : {};
  return all.filter((selection) => Object.entries(selection.tags).every(([key, value]) => tags[key] === value));
}

async function tagsOf(client: BackupClient, ResourceArn: string): Promise<Readonly<Record<string, string>>> {
  const tags: Record<string, string> = {};
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListTagsCommand({ ResourceArn, ...(NextToken && { NextToken }) }));
    Object.assign(tags, page.Tags);
    NextToken = page.NextToken;
  } while (NextToken);
  return tags;
}
