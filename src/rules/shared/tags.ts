import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/**
 * Expect a tag that says something, under a key that ends as wanted, or a declaration of the environment that says it of all.
 *
 * A tag of the whole stack does not show in a template.
 */
export function mustBeTagged(
  resource: Resource,
  path: string,
  endings: readonly string[],
  declaration: 'owner' | 'dataClassification',
  problem: string,
): Observation[] {
  const tag = tagEnding(resource.at(path), endings);
  const expected = `a tag '${endings[0]}'`;
  if (!tag.isAbsent) return tag.mustBeSet(expected);
  const declared = resource.environment.declared.find((each) => each[declaration] !== undefined);
  if (declared) return [{ kind: 'note', resource, text: `its environment declares: ${declared[declaration]}` }];
  return [{ ...resource.fails(problem, expected), kind: 'missing', path: tag.path }];
}

/**
 * The value of the first tag whose key, in lower case and without punctuation, ends as wanted.
 *
 * Absent when there is none, and unknown when only deployment knows a list or a key that may be it.
 */
export function tagEnding(tags: Value, endings: readonly string[]): Value {
  const matches = (key: string) => endings.some((ending) => plain(key).endsWith(ending));
  const [, byKey] = tags.entries().find(([key]) => matches(key)) ?? [];
  if (byKey) return byKey;
  const pair = tags.items().find((each) => matches(each.at('Key').string ?? ''));
  return pair ? pair.at('Value') : tags.isUnknown ? tags : tags.pick('Key', endings[0]);
}

const PUNCTUATION = /[^a-z0-9]/g;

function plain(key: string): string {
  return key.toLowerCase().replace(PUNCTUATION, '');
}

/** Types that keep data, and the property with their tags. */
export const DATA_STORES: Readonly<Record<string, string>> = {
  'AWS::DocDB::DBCluster': 'Tags',
  'AWS::DynamoDB::GlobalTable': 'Replicas.0.Tags',
  'AWS::DynamoDB::Table': 'Tags',
  'AWS::EFS::FileSystem': 'FileSystemTags',
  'AWS::FSx::FileSystem': 'Tags',
  'AWS::Neptune::DBCluster': 'Tags',
  'AWS::OpenSearchService::Domain': 'Tags',
  'AWS::RDS::DBCluster': 'Tags',
  'AWS::RDS::DBInstance': 'Tags',
  'AWS::Redshift::Cluster': 'Tags',
  'AWS::S3::Bucket': 'Tags',
};
