import type { Resource } from '../../model/resource';
import type { Kind } from './kinds';

const ENGINES: readonly (readonly [RegExp, string])[] = [
  [/postgres/, 'PostgreSQL'],
  [/mysql/, 'MySQL'],
  [/mariadb/, 'MariaDB'],
  [/oracle/, 'Oracle'],
  [/sqlserver/, 'SQL Server'],
  [/^redis/, 'Redis'],
  [/^valkey/, 'Valkey'],
  [/^memcached/, 'Memcached'],
];

/** What a box says in its first line: `PostgreSQL database`, `3 functions`. */
export function titleOf({ title: [one, many] }: Kind, resources: readonly Resource[]): string {
  const engines = new Set(resources.map((resource) => engineOf(resource)));
  const [engine] = engines;
  const word = resources.length === 1 ? one : many;
  const named = engines.size === 1 && engine ? `${engine} ${word.toLowerCase()}` : word;
  return resources.length === 1 ? named : `${resources.length} ${engines.size === 1 && engine ? named : named.toLowerCase()}`;
}

function engineOf(resource: Resource): string | undefined {
  const engine = resource.at('Engine').string;
  return engine === undefined ? undefined : ENGINES.find(([pattern]) => pattern.test(engine))?.[1];
}

type Fact = readonly [words: string, holds: (resource: Resource) => boolean];

const isTrue = (path: string) => (resource: Resource) => resource.at(path).boolean === true;

/** What is said of a box when the templates say it of every resource in it. */
const FACTS: Readonly<Record<string, readonly Fact[]>> = {
  'AWS::RDS::DBInstance': [
    ['Encrypted', isTrue('StorageEncrypted')],
    ['In two places at once', isTrue('MultiAZ')],
  ],
  'AWS::RDS::DBCluster': [['Encrypted', isTrue('StorageEncrypted')]],
  'AWS::DocDB::DBCluster': [['Encrypted', isTrue('StorageEncrypted')]],
  'AWS::Neptune::DBCluster': [['Encrypted', isTrue('StorageEncrypted')]],
  'AWS::Redshift::Cluster': [['Encrypted', isTrue('Encrypted')]],
  'AWS::EFS::FileSystem': [['Encrypted', isTrue('Encrypted')]],
  'AWS::ElastiCache::ReplicationGroup': [
    ['Encrypted', (resource) => isTrue('AtRestEncryptionEnabled')(resource) && isTrue('TransitEncryptionEnabled')(resource)],
    ['In two places at once', isTrue('MultiAZEnabled')],
  ],
  'AWS::OpenSearchService::Domain': [['Encrypted', isTrue('EncryptionAtRestOptions.Enabled')]],
  // Both are always encrypted by AWS.
  'AWS::S3::Bucket': [['Encrypted', () => true]],
  'AWS::DynamoDB::Table': [['Encrypted', () => true]],
  'AWS::EC2::NatGateway': [['Nothing comes in', () => true]],
};

/** What is to be said of a box when the templates say it of any resource in it. */
const CONCERNS: Readonly<Record<string, readonly Fact[]>> = {
  'AWS::RDS::DBInstance': [
    [
      'Not encrypted',
      (resource) => resource.at('StorageEncrypted').boolean === false || resource.at('StorageEncrypted').isAbsent,
    ],
    ['Has a public address', isTrue('PubliclyAccessible')],
  ],
  'AWS::RDS::DBCluster': [
    [
      'Not encrypted',
      (resource) => resource.at('StorageEncrypted').boolean === false || resource.at('StorageEncrypted').isAbsent,
    ],
  ],
};

/** The sign in front of a concern. */
export const CONCERN = '! ';

/** Of a security group that only its id is known of, nobody here can say what it lets in. */
const GROUP_ELSEWHERE: Fact = [
  'A group elsewhere lets in',
  ({ entry }) => /"sg-[0-9a-z]+"/.test(JSON.stringify(entry.body.Properties ?? {})),
];

export function nodeFacts(type: string, resources: readonly Resource[]): string[] {
  const concerns = [...(CONCERNS[type] ?? []), GROUP_ELSEWHERE]
    .filter(([, holds]) => resources.some(holds))
    .map(([words]) => `${CONCERN}${words}`);
  const facts = (FACTS[type] ?? []).filter(([, holds]) => resources.every(holds)).map(([words]) => words);
  return [...concerns, ...facts];
}
