import { Criterion } from '../../criteria/criterion';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { isMemcached, unlessOfPrimary } from '../shared/elasticache';

const group = (properties: object) => ({ Group: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...properties } } });
const serverless = (properties: object) => ({
  Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { ...properties } },
});

export default defineRule({
  id: 'ElastiCache.3',
  slug: 'elasticache-auth',
  title: 'Redis and Valkey ask who connects',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'warning',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::ServerlessCache'],
  applies: (cache) => !isMemcached(cache),
  rationale: 'Without users or a token, whoever reaches the port reads and changes every session and record in the cache.',
  remediation:
    'Set `userGroupIds` (`userGroupId` on a serverless cache) to an `elasticache.CfnUserGroup`, or `authToken` to a secret. Adding an `authToken` replaces a deployed group.',
  references: [
    'Security Hub ElastiCache.6',
    'AWS Config ELASTICACHE_REPL_GRP_REDIS_AUTH_ENABLED',
    'cdk-nag ElastiCacheRedisClusterRedisAuth',
    'Checkov CKV_AWS_31',
  ],
  check: (cache) => {
    const users = cache.at(cache.type === 'AWS::ElastiCache::ServerlessCache' ? 'UserGroupId' : 'UserGroupIds');
    const otherwise = users.fails('a user group, or a token', 'everyone may connect: there is neither a user group nor a token');
    return unlessOfPrimary(cache, 'AuthToken', () =>
      anyOf([users.mustBeSet('a user group'), cache.at('AuthToken').mustBeSet('a token')], () => otherwise),
    );
  },
  examples: {
    pass: {
      'there is a user group': group({ UserGroupIds: ['orders'] }),
      'there is a token': group({ AuthToken: '{{resolve:secretsmanager:cache:SecretString:token}}' }),
      'a serverless cache has a user group': serverless({ Engine: 'valkey', UserGroupId: 'orders' }),
      'Memcached has no users': { ...group({ UserGroupIds: ['orders'] }), ...serverless({ Engine: 'memcached' }) },
    },
    fail: {
      'there is neither': group({}),
      'the list of user groups is empty': group({ UserGroupIds: [] }),
      'a serverless cache has no users': serverless({ Engine: 'redis' }),
      'the token is missing in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: group({ AuthToken: { 'Fn::If': ['IsProduction', '{{resolve:ssm-secure:token}}', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'the token is a parameter that may be empty': {
        Parameters: { Token: { Type: 'String', NoEcho: true } },
        Resources: group({ AuthToken: { Ref: 'Token' } }),
      },
      'the primary of a global datastore decides': group({ GlobalReplicationGroupId: 'orders' }),
    },
  },
});
