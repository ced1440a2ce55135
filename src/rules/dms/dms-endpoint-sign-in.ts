import { Criterion } from '../../criteria/criterion';
import { defineRule, type ResourceRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { byEndpointEngine, DMS_ENDPOINT, dmsEndpoint } from '../shared/dms-endpoint';

const mongo = (AuthType: unknown) => dmsEndpoint('mongodb', { MongoDbSettings: { AuthType } });
const neptune = (IamAuthEnabled: unknown) => dmsEndpoint('neptune', { NeptuneSettings: { IamAuthEnabled } });

const SIGN_IN = new Map<string, ResourceRule['check']>([
  ['neptune', (endpoint) => endpoint.at('NeptuneSettings.IamAuthEnabled').mustBe(true)],
  ['redis', (endpoint) => endpoint.at('RedisSettings.AuthType').mustBe(['auth-token', 'auth-role'])],
  [
    'mongodb',
    (endpoint) => endpoint.at('MongoDbSettings.AuthType').mustBe('password', { absent: 'DMS signs in unless told otherwise' }),
  ],
]);

export default defineRule({
  id: 'DMS.9',
  slug: 'dms-endpoint-sign-in',
  title: 'DMS signs in to MongoDB, Neptune and Redis',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: [DMS_ENDPOINT],
  rationale: 'Where DMS needs no password, nobody else does.',
  remediation:
    'Set `mongoDbSettings.authType` to `password`, `neptuneSettings.iamAuthEnabled` to true, `redisSettings.authType` to `auth-token` or `auth-role`.',
  references: [
    'Security Hub DMS.10',
    'Security Hub DMS.11',
    'AWS Config DMS_MONGO_DB_AUTHENTICATION_ENABLED',
    'AWS Config DMS_NEPTUNE_IAM_AUTHORIZATION_ENABLED',
  ],
  ...byEndpointEngine(SIGN_IN),
  examples: {
    pass: {
      'MongoDB asks for a password': mongo('password'),
      'nothing is said about MongoDB': dmsEndpoint('mongodb', {}),
      'Neptune asks IAM': neptune(true),
      'Redis asks for a token': dmsEndpoint('redis', { RedisSettings: { AuthType: 'auth-token' } }),
    },
    fail: {
      'MongoDB asks for nothing': mongo('no'),
      'Neptune asks for nothing': neptune(false),
      'nothing is said about Neptune': dmsEndpoint('neptune', {}),
      'Redis asks for nothing': dmsEndpoint('redis', { RedisSettings: { AuthType: 'none' } }),
    },
    undetermined: { 'how MongoDB asks is a parameter': byParameter(mongo) },
  },
});
