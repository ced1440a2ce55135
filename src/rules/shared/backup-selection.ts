import { type Finding, metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { allAre, anyIs, isNot, type Ternary } from './ternary';

/** Service, what stands before the id in an ARN, and the property with the tags. */
const PROTECTED: Readonly<Record<string, readonly [service: string, before: string, tags: string]>> = {
  'AWS::DocDB::DBCluster': ['rds', 'cluster:', 'Tags'],
  'AWS::DynamoDB::GlobalTable': ['dynamodb', 'table/', 'Replicas'],
  'AWS::DynamoDB::Table': ['dynamodb', 'table/', 'Tags'],
  'AWS::EC2::Instance': ['ec2', 'instance/', 'Tags'],
  'AWS::EC2::Volume': ['ec2', 'volume/', 'Tags'],
  'AWS::EFS::FileSystem': ['elasticfilesystem', 'file-system/', 'FileSystemTags'],
  'AWS::FSx::FileSystem': ['fsx', 'file-system/', 'Tags'],
  'AWS::Neptune::DBCluster': ['rds', 'cluster:', 'Tags'],
  'AWS::RDS::DBCluster': ['rds', 'cluster:', 'Tags'],
  'AWS::RDS::DBInstance': ['rds', 'db:', 'Tags'],
};

/** Backed up as well, though no rule asks for it. */
const BUCKET = 'AWS::S3::Bucket';

const EXPECTED = 'a backup selection that covers it';

/** Expect a backup selection of the environment to cover a resource. */
export function inBackupPlan(resource: Resource): Observation[] {
  const selections = resource.peers('AWS::Backup::BackupSelection');
  const answers = selections.map((selection) => covers(selection, resource));
  const chosen = selections.filter((_, index) => answers[index] === true);
  if (chosen.length > 0) return chosen.map((selection) => metBy(selection, 'this selection puts it into a backup plan'));
  const open = selections[answers.indexOf(undefined)];
  const finding: Finding = { ...resource.fails('no backup selection of the environment covers it', EXPECTED), kind: 'missing' };
  if (open === undefined) return [finding];
  const problem = `only deployment knows whether the backup selection '${open.logicalId}' covers it`;
  return [{ ...finding, kind: 'undetermined', problem, found: open.at('BackupSelection').found }];
}

/** Named or with one of the tags, all conditions met, and not left out. A selection that names nothing is about everything. */
function covers(selection: Resource, resource: Resource): Ternary {
  const rules = selection.at('BackupSelection');
  if (rules.isUnknown) return undefined;
  const tags = tagsOf(resource);
  const list = (path: string) => rules.at(path).items();
  const isNamed = (pattern: Value) => names(pattern, resource);
  const listed = list('ListOfTags').map((condition) => hasTag(tags, condition, matchesExactly));
  const named = list('Resources').length > 0 ? anyIs(list('Resources').map(isNamed)) : listed.length === 0;
  return allAre([
    !selection.at('BackupPlanId').isAbsent,
    anyIs([named, ...listed]),
    isNot(anyIs(list('NotResources').map(isNamed))),
    ...list('Conditions.StringEquals').map((condition) => hasTag(tags, condition, matchesExactly)),
    ...list('Conditions.StringLike').map((condition) => hasTag(tags, condition, overlap)),
    ...list('Conditions.StringNotEquals').map((condition) => isNot(hasTag(tags, condition, matchesExactly))),
    ...list('Conditions.StringNotLike').map((condition) => isNot(hasTag(tags, condition, overlap))),
  ]);
}

/** A global table is backed up by its replica in the Region of the selection. */
function tagsOf(resource: Resource): Value {
  const [, , path] = PROTECTED[resource.type];
  if (resource.type !== 'AWS::DynamoDB::GlobalTable') return resource.at(path);
  const replicas = resource.at(path).items();
  const here = resource.environment.region ?? '${AWS::Region}';
  return (replicas.find((replica) => replica.at('Region').text === here) ?? replicas[0] ?? resource.at(path)).at('Tags');
}

type Match = (wanted: string, actual: string) => boolean;

const matchesExactly: Match = (wanted, actual) => wanted === actual;

/** Whether a tag is as a condition wants it; keys stand with or without `aws:ResourceTag/`. */
function hasTag(tags: Value, condition: Value, match: Match): Ternary {
  const key = condition.at('ConditionKey').string?.replace(/^[\w-]+:ResourceTag\//, '');
  if (key === undefined) return undefined;
  const actual = tags.pick('Key', key).at('Value');
  const wanted = condition.at('ConditionValue');
  if (actual.isAbsent) return false;
  if (actual.string !== undefined && wanted.string !== undefined) return match(wanted.string, actual.string);
  const sameTemplate = actual.resource.entry.template === wanted.resource.entry.template;
  return sameTemplate && actual.text === wanted.text && actual.text !== '${?}' ? true : undefined;
}

/** Whether an ARN, which may have wildcards, stands for a resource. */
function names(pattern: Value, resource: Resource): Ternary {
  const mentioned = pattern.mentions();
  if (mentioned.includes(resource.entry)) return true;
  if (mentioned.some(({ type }) => type === BUCKET || Object.hasOwn(PROTECTED, type))) return false;
  const wanted = withoutPartition(withHoles(pattern));
  const { arn, isGenerated } = arnOf(resource);
  if (overlap(wanted, arn)) return true;
  // Nobody can write down a name before it is generated.
  const id = wanted.split(':').slice(3).join(':') || wanted;
  if (isGenerated && !/[*?<]/.test(id)) return false;
  return overlap(wanted.replace(HOLE, '*'), arn.replace(HOLE, PART)) ? undefined : false;
}

const HOLE = /<[^>]*>/g;

/** Any text, but within one part of an ARN. */
const PART = '~';

/** What an ARN says after the partition, with holes in place of what only deployment knows. */
function arnOf(resource: Resource): { readonly arn: string; readonly isGenerated: boolean } {
  const [service, before] = PROTECTED[resource.type];
  const { region = '<AWS.Region>', account = '<AWS.AccountId>' } = resource.environment;
  const name = resource.physicalName ?? clusterName(resource);
  const id = name === undefined ? '<generated>' : withHoles(name);
  return { arn: `${service}:${region}:${account}:${before}${id}`.toLowerCase(), isGenerated: name === undefined };
}

/** Clusters of DocumentDB and Neptune are named as those of RDS are. */
function clusterName(resource: Resource): Value | undefined {
  const name = resource.type.endsWith('::DBCluster') ? resource.at('DBClusterIdentifier') : undefined;
  return name?.isAbsent ? undefined : name;
}

/** `${AWS::Region}` is the same all over an environment; a parameter is so only in its template. */
function withHoles(value: Value): string {
  const { path } = value.resource.entry.template;
  return value.text
    .replace(/\$\{AWS::(Partition|Region|AccountId)\}/g, '<AWS.$1>')
    .replace(/\$\{([^}]*)\}/g, (_, name: string) => `<${path} ${name}>`.replace(/[:*?]/g, '.'))
    .toLowerCase();
}

function withoutPartition(arn: string): string {
  return arn.replace(/^arn:[^:]*:/, '');
}

/** Whether there is a text that fits both a pattern with `*` and `?`, and one with `~`. */
function overlap(left: string, right: string): boolean {
  const known = new Map<string, boolean>();
  const fits = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const [a, b] = [left[i], right[j]];
    let result: boolean;
    if (a === undefined && b === undefined) result = true;
    else if (a === '*') result = fits(i + 1, j) || (b !== undefined && fits(i, j + 1));
    else if (b === PART) result = fits(i, j + 1) || (a !== undefined && a !== ':' && fits(i + 1, j));
    else result = a !== undefined && b !== undefined && (a === b || a === '?') && fits(i + 1, j + 1);
    known.set(key, result);
    return result;
  };
  return fits(0, 0);
}
