import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { isStage, REST_DEPLOYMENT, REST_STAGES, restStage, stageSettings } from '../shared/api-stages';

const cached = (settings: JsonObject) =>
  restStage({ CacheClusterEnabled: true, MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...settings }] });

export default defineRule({
  id: 'APIGateway.3',
  slug: 'apigw-cache-encrypted',
  title: 'Responses that API Gateway caches are encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: REST_STAGES,
  applies: (stage) => isStage(stage) && caches(stage).length > 0,
  rationale: 'The cache holds answers of the API, with the data of customers in them, for as long as they are fresh.',
  remediation: 'Set `cacheDataEncrypted: true` beside `cachingEnabled: true`, in `deployOptions` or its `methodOptions`.',
  references: [
    'Security Hub APIGateway.5',
    'AWS Config API_GW_CACHE_ENABLED_AND_ENCRYPTED',
    'cdk-nag APIGWCacheEnabledAndEncrypted',
  ],
  check: (stage) =>
    caches(stage).flatMap((each) => {
      const [enabled, encrypted] = [each.at('CachingEnabled'), each.at('CacheDataEncrypted')];
      const found = encrypted.mustBe(true);
      return found.length > 0 && enabled.isUnknown ? [enabled.undetermined('false, or an encrypted cache')] : found;
    }),
  examples: {
    pass: { 'what is cached is encrypted': cached({ CachingEnabled: true, CacheDataEncrypted: 'true' }) },
    fail: {
      'encryption is not mentioned': cached({ CachingEnabled: true }),
      'encryption is off': cached({ CachingEnabled: 'true', CacheDataEncrypted: false }),
      'a deployment makes a stage with a cache': {
        Stage: { Type: REST_DEPLOYMENT, Properties: { StageName: 'live', StageDescription: { CachingEnabled: true } } },
      },
    },
    undetermined: {
      'caching is a parameter': {
        Parameters: { Cache: { Type: 'String' } },
        Resources: cached({ CachingEnabled: { Ref: 'Cache' } }),
      },
      'encryption is a parameter': {
        Parameters: { Encrypt: { Type: 'String' } },
        Resources: cached({ CachingEnabled: true, CacheDataEncrypted: { Ref: 'Encrypt' } }),
      },
    },
  },
});

/** The settings by which something is cached, or may be. */
function caches(stage: Resource): Value[] {
  const settings = stageSettings(stage);
  const candidates = stage.type === REST_DEPLOYMENT ? [settings] : [];
  return [...candidates, ...settings.at('MethodSettings').items()].filter((each) => {
    const enabled = each.at('CachingEnabled');
    return enabled.isUnknown || enabled.boolean === true;
  });
}
