import { Criterion } from '../../criteria/criterion';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { unlessOfPrimary } from '../shared/elasticache';
import { flagExamples } from '../shared/flag-examples';

const PATH = 'TransitEncryptionEnabled';

const { pass, fail, undetermined } = flagExamples({ type: 'AWS::ElastiCache::ReplicationGroup', path: PATH });
const group = (properties: object) => ({ Group: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...properties } } });

export default defineRule({
  id: 'ElastiCache.1',
  slug: 'elasticache-transit-encryption',
  title: 'ElastiCache clusters accept only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  /** Serverless caches accept nothing but TLS. */
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  rationale: 'Sessions, tokens and cached records cross the network in the clear, for everyone who can listen there.',
  remediation:
    "Set `transitEncryptionEnabled: true` on `elasticache.CfnReplicationGroup`; `transitEncryptionMode: 'preferred'` is for the time of a migration. Make a single node of Redis or Valkey a replication group.",
  references: [
    'Security Hub ElastiCache.5',
    'AWS Config ELASTICACHE_REPL_GRP_ENCRYPTED_IN_TRANSIT',
    'cdk-nag ElastiCacheRedisClusterEncryption',
    'Checkov CKV_AWS_30',
  ],
  check: (cache) => [
    ...unlessOfPrimary(cache, PATH, () => cache.at(PATH).mustBe(true)),
    ...(cache.at(PATH).boolean === true ? requiresTls(cache) : []),
  ],
  examples: {
    pass: {
      ...pass,
      'TLS is required': group({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' }),
      'Memcached has TLS': {
        Cache: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { Engine: 'memcached', TransitEncryptionEnabled: true } },
      },
    },
    fail: {
      ...fail,
      'plain connections are accepted beside TLS': group({ TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' }),
      'a single node has no TLS': { Cache: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { Engine: 'redis' } } },
    },
    undetermined: {
      ...undetermined,
      'the primary of a global datastore decides': group({ GlobalReplicationGroupId: 'orders' }),
    },
  },
});

function requiresTls(cache: Resource) {
  const problem = 'plain connections are accepted as well';
  return cache.at('TransitEncryptionMode').mustBe('required', { absent: '', problem });
}
