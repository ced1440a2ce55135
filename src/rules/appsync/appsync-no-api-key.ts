import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const api = (AuthenticationType: Json) => ({
  Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'orders', AuthenticationType } },
});

export default defineRule({
  id: 'AppSync.2',
  slug: 'appsync-no-api-key',
  title: 'AppSync APIs know their callers by more than a key',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'warning',
  resourceTypes: ['AWS::AppSync::GraphQLApi'],
  rationale:
    'A key is the same for every caller and stands in every copy of the program that uses it: it says nothing of who calls.',
  remediation: 'Set `authorizationConfig.defaultAuthorization` to a user pool, IAM, OpenID Connect or a Lambda function.',
  references: ['Security Hub AppSync.5', 'AWS Config APPSYNC_AUTHORIZATION_CHECK', 'NIST 800-53 IA-2'],
  check: (api) => api.at('AuthenticationType').must("anything but 'API_KEY'", ({ string }) => string !== 'API_KEY'),
  examples: {
    pass: { 'IAM knows who calls': api('AWS_IAM'), 'a user pool knows who calls': api('AMAZON_COGNITO_USER_POOLS') },
    fail: {
      'a key is enough': api('API_KEY'),
      'a key is enough in one branch of a condition': byStage((value) => api(value), 'AWS_IAM', 'API_KEY'),
    },
    undetermined: { 'it is a parameter': byParameter((value) => api(value)) },
  },
});
