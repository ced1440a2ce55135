import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { HTTP_API, isPrivate, isWebSocket, REST_API } from '../shared/api-stages';
import { isAuthorized, operationsOf } from '../shared/open-api';

const METHOD = 'AWS::ApiGateway::Method';
const ROUTE = 'AWS::ApiGatewayV2::Route';
const TYPES = ['AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS', 'JWT'];
const EXPECTED = 'an authorizer';

const method = (properties: JsonObject) => ({ Call: { Type: METHOD, Properties: { HttpMethod: 'POST', ...properties } } });
const route = (key: string, properties: JsonObject = {}, protocol: Json = 'HTTP') => ({
  Api: { Type: HTTP_API, Properties: { ProtocolType: protocol } },
  Route: { Type: ROUTE, Properties: { ApiId: { Ref: 'Api' }, RouteKey: key, ...properties } },
});
const defined = (operation: JsonObject) => ({
  Api: {
    Type: REST_API,
    Properties: {
      Body: {
        paths: { '/orders': { get: operation, options: {} } },
        securityDefinitions: { sigv4: { type: 'apiKey', 'x-amazon-apigateway-authtype': 'awsSigv4' }, key: { type: 'apiKey' } },
      },
    },
  },
});

export default defineRule({
  id: 'APIGateway.4',
  slug: 'apigw-authorization',
  title: 'Methods and routes of APIs ask who calls',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: [METHOD, ROUTE, REST_API, HTTP_API],
  applies,
  rationale: 'A method without authorization answers the whole internet. An API key tells customers apart, it proves nothing.',
  remediation:
    'Set `defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM }` or an authorizer; on an HTTP API, `defaultAuthorizer`. For what is meant to be public, record an exception.',
  references: [
    'Security Hub APIGateway.8',
    'AWS Config API_GWV2_AUTHORIZATION_TYPE_CONFIGURED',
    'cdk-nag APIGWAuthorization',
    'checkov CKV_AWS_59',
  ],
  check: (resource) => {
    if (resource.type === REST_API || (resource.type === HTTP_API && resource.at('Target').isAbsent)) return checkBody(resource);
    if (resource.type === HTTP_API)
      return [resource.at('Target').fails(EXPECTED, 'the route that the target makes asks nobody who they are')];
    const found = resource.at('AuthorizationType').mustBe(TYPES, { problem: 'everyone may call it' });
    const api = found.length > 0 ? resource.at('RestApiId').targets(REST_API)[0] : undefined;
    return api && isPrivate(api) && !api.at('Policy').isAbsent
      ? [metBy(api, 'the API is private, and its resource policy says who may call it')]
      : found;
  },
  examples: {
    pass: {
      'iam authorizes callers': method({ AuthorizationType: 'AWS_IAM' }),
      'a token is asked for': route('GET /orders', { AuthorizationType: 'JWT', AuthorizerId: 'a' }),
      'a websocket asks when it opens': {
        ...route('$connect', { AuthorizationType: 'CUSTOM' }, 'WEBSOCKET'),
        Message: { Type: ROUTE, Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'message' } },
      },
      'the definition asks for signed requests': defined({ security: [{ sigv4: [] }] }),
      'the api is private and has a policy': {
        Api: { Type: REST_API, Properties: { EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: { Statement: [] } } },
        ...method({ RestApiId: { Ref: 'Api' }, AuthorizationType: 'NONE' }),
      },
    },
    fail: {
      'nothing is asked for': method({ AuthorizationType: 'NONE' }),
      'authorization is not mentioned': method({ ApiKeyRequired: true }),
      'a route asks for nothing': route('ANY /{proxy+}'),
      'the route of a target asks for nothing': { Api: { Type: HTTP_API, Properties: { ProtocolType: 'HTTP', Target: 'arn' } } },
      'a websocket asks for nothing': route('$connect', {}, 'WEBSOCKET'),
      'the definition asks for nothing': defined({}),
      'the definition asks for an api key only': defined({ security: [{ key: [] }] }),
    },
    undetermined: {
      'the type is a parameter': {
        Parameters: { Type: { Type: 'String' } },
        Resources: method({ AuthorizationType: { Ref: 'Type' } }),
      },
      'the definition is a file in a bucket': {
        Api: { Type: REST_API, Properties: { BodyS3Location: { Bucket: 'apis', Key: 'orders.json' } } },
      },
    },
  },
});

/** Browsers send no credentials with OPTIONS. A WebSocket is authorized when it is opened, for all that follows. */
function applies(resource: Resource): boolean {
  if (resource.type === METHOD) return resource.at('HttpMethod').string !== 'OPTIONS';
  if (resource.type !== ROUTE) return definesRoutes(resource);
  const key = resource.at('RouteKey').string;
  if (key === undefined || key === '$connect') return true;
  return key === '$default' ? isWebSocket(resource) !== true : key.includes(' ') && !key.startsWith('OPTIONS ');
}

function definesRoutes(api: Resource): boolean {
  const isDefined = !api.at('Body').isAbsent || !api.at('BodyS3Location').isAbsent;
  return isDefined || (api.type === HTTP_API && !api.at('Target').isAbsent);
}

function checkBody(api: Resource): Observation[] {
  const body = api.at('Body');
  const unread = body.isAbsent ? api.at('BodyS3Location') : body;
  if (body.isAbsent || body.isUnknown) return [unread.undetermined(EXPECTED, 'the definition is not in the template')];
  return operationsOf(body).flatMap(({ name, value }) =>
    name.startsWith('OPTIONS ') || isAuthorized(value, body) ? [] : [value.fails(EXPECTED, `everyone may call '${name}'`)],
  );
}
