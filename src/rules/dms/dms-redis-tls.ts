import { Criterion } from '../../criteria/criterion';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { byEndpointEngine, DMS_ENDPOINT, dmsEndpoint } from '../shared/dms-endpoint';

const redis = (SslSecurityProtocol: unknown) => dmsEndpoint('redis', { RedisSettings: { SslSecurityProtocol } });

const mustEncrypt = (endpoint: Resource) =>
  endpoint.at('RedisSettings.SslSecurityProtocol').mustBe('ssl-encryption', { absent: 'DMS encrypts unless told otherwise' });

export default defineRule({
  id: 'DMS.2',
  slug: 'dms-redis-tls',
  title: 'DMS writes to Redis by TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [DMS_ENDPOINT],
  rationale: 'A whole database, and the password of the target, would cross the network in the clear.',
  remediation: 'Leave out `redisSettings.sslSecurityProtocol`, or set it to `ssl-encryption`.',
  references: ['Security Hub DMS.12', 'AWS Config DMS_REDIS_TLS_ENABLED', 'NIST 800-53 SC-8'],
  ...byEndpointEngine(new Map([['redis', mustEncrypt]])),
  examples: {
    pass: {
      'TLS is asked for': redis('ssl-encryption'),
      'nothing is said about TLS': dmsEndpoint('redis', { RedisSettings: {} }),
    },
    fail: {
      'data is sent in plain text': redis('plaintext'),
      'only production encrypts': byStage(redis, 'ssl-encryption', 'plaintext'),
    },
    undetermined: { 'the protocol is a parameter': byParameter(redis) },
  },
});
