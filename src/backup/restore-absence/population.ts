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
  for await (const { Results: results = [] } of paginateListProtectedResources({ client }, {})) {
    for (const resource of results) {
      const kind = kindOf(resource.ResourceType ?? '');
      const selections = byTag.filter((each) => each.kind === kind);
      const isNamed = named.some(({ source }) => source === resource.ResourceArn);
      if (isNamed || resource.ResourceArn === undefined) continue;
      if (await isSelected(client, resource, selections)) found.push({ kind, source: resource.ResourceArn });
    }
  }
  const selectsNothing = byTag.filter(({ kind }) => ![...named, ...found].some((each) => each.kind === kind));
  return [...named, ...found, ...selectsNothing.map((selection) => ({ kind: selection.kind, source: nameOf(selection) }))];
}

function nameOf({ kind, tags }: Watched): string {
  const words = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return words.length === 0 ? `every ${kind} resource` : `${kind} resources with ${words.sort().join(' and ')}`;
}

/** Restore testing reads the tags of the latest recovery point, not those that the resource has today. */
async function isSelected(
  client: BackupClient,
  { LastRecoveryPointArn: ResourceArn }: ProtectedResource,
  selections: readonly Watched[],
) {
  if (selections.length === 0) return false;
  if (selections.some(({ tags }) => Object.keys(tags).length === 0)) return true;
  if (ResourceArn === undefined) return false;
  const tags: Record<string, string> = {};
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListTagsCommand({ ResourceArn, ...(NextToken && { NextToken }) }));
    Object.assign(tags, page.Tags);
    NextToken = page.NextToken;
  } while (NextToken);
  return selections.some((selection) => Object.entries(selection.tags).every(([key, value]) => tags[key] === value));
}
