import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { isMemcached, unlessOfPrimary } from '../shared/elasticache';
import { flagExamples } from '../shared/flag-examples';

const PATH = 'AtRestEncryptionEnabled';

const { pass, fail, undetermined } = flagExamples({ type: 'AWS::ElastiCache::ReplicationGroup', path: PATH });

export default defineRule({
  id: 'ElastiCache.2',
  slug: 'elasticache-rest-encryption',
  title: 'ElastiCache clusters that keep data are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  /** Serverless caches are always encrypted. */
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  applies: (cache) => !isMemcached(cache),
  rationale: 'Redis and Valkey write to disk for synchronization, swapping and backups; whoever gets those gets the data.',
  remediation:
    'Set `atRestEncryptionEnabled: true` on `elasticache.CfnReplicationGroup`. A deployed group is replaced by that change. Make a single node a replication group.',
  references: [
    'Security Hub ElastiCache.4',
    'AWS Config ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST',
    'cdk-nag ElastiCacheRedisClusterEncryption',
    'Checkov CKV_AWS_29',
  ],
  check: (cache) => {
    if (cache.type === 'AWS::ElastiCache::ReplicationGroup')
      return unlessOfPrimary(cache, PATH, () => cache.at(PATH).mustBe(true));
    const engine = cache.at('Engine');
    if (engine.isUnknown) return [engine.undetermined("'memcached'")];
    return [engine.fails('a replication group', 'only a replication group of Redis or Valkey can be encrypted')];
  },
  examples: {
    pass,
    fail: {
      ...fail,
      'a single node cannot be encrypted': {
        Cache: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { Engine: 'redis', NumCacheNodes: 1 } },
      },
    },
    undetermined: {
      ...undetermined,
      'the primary of a global datastore decides': {
        Group: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { GlobalReplicationGroupId: 'orders' } },
      },
      'the engine of a single node is a parameter': {
        Parameters: { Engine: { Type: 'String' } },
        Resources: { Cache: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { Engine: { Ref: 'Engine' } } } },
      },
    },
  },
});
