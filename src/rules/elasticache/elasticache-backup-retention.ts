import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { isMemcached } from '../shared/elasticache';

const group = (properties: object) => ({ Group: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...properties } } });
const node = (properties: object) => ({ Node: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { ...properties } } });

/** A warning: what can be computed again needs no backup, and a template does not say what a cache holds. */
export default defineRule({
  id: 'ElastiCache.4',
  slug: 'elasticache-backup-retention',
  title: 'Redis and Valkey keep automated snapshots for 15 days or more',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'warning',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ServerlessCache'],
  applies: (cache) => !isMemcached(cache),
  rationale:
    'What begins as a cache often ends up as the only place of queues, carts and sessions; by default nothing of it is kept.',
  remediation: 'Set `snapshotRetentionLimit: 15` or more.',
  references: [
    'Security Hub ElastiCache.1',
    'AWS Config ELASTICACHE_REDIS_CLUSTER_AUTOMATIC_BACKUP_CHECK',
    'cdk-nag ElastiCacheRedisClusterAutomaticBackup',
    'Checkov CKV_AWS_134',
  ],
  check: (cache) => cache.at('SnapshotRetentionLimit').mustBeAtLeast(15),
  examples: {
    pass: {
      'snapshots are kept for 15 days': group({ SnapshotRetentionLimit: 15 }),
      'the number is text': group({ SnapshotRetentionLimit: '35' }),
      'a single node keeps snapshots': node({ Engine: 'redis', SnapshotRetentionLimit: 15 }),
      'Memcached keeps nothing': { ...group({ SnapshotRetentionLimit: 15 }), ...node({ Engine: 'memcached' }) },
    },
    fail: {
      'snapshots are not mentioned': group({}),
      'snapshots are off': group({ SnapshotRetentionLimit: 0 }),
      'snapshots are kept for a week': node({ Engine: 'valkey', SnapshotRetentionLimit: 7 }),
      'a serverless cache keeps none': { Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { Engine: 'valkey' } } },
    },
    undetermined: {
      'the number of days is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: group({ SnapshotRetentionLimit: { Ref: 'Days' } }),
      },
    },
  },
});
