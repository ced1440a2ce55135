import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { isMemcached } from '../shared/elasticache';
import { flagExamples } from '../shared/flag-examples';

const PATH = 'AutoMinorVersionUpgrade';

export default defineRule({
  id: 'ElastiCache.5',
  slug: 'elasticache-minor-upgrades',
  title: 'Redis and Valkey take minor versions automatically',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  applies: (cache) => !isMemcached(cache),
  rationale:
    'Minor versions carry the security fixes of the engine; a cluster that waits for somebody to remember them falls behind.',
  remediation: 'Leave `autoMinorVersionUpgrade` at its default of `true`, and choose the time with `preferredMaintenanceWindow`.',
  references: [
    'Security Hub ElastiCache.2',
    'AWS Config ELASTICACHE_AUTO_MINOR_VERSION_UPGRADE_CHECK',
    'Control Tower CT.ELASTICACHE.PR.2',
  ],
  check: (cache) =>
    cache.at(PATH).mustBe(true, { absent: 'ElastiCache applies minor versions automatically unless told otherwise' }),
  examples: flagExamples({ type: 'AWS::ElastiCache::ReplicationGroup', path: PATH, safeByDefault: true }),
});
