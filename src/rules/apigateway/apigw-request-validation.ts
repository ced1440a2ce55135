import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { isOneOf } from '../shared/ternary';

const METHOD = 'AWS::ApiGateway::Method';

const post = (properties: JsonObject) => ({ Call: { Type: METHOD, Properties: { HttpMethod: 'POST', ...properties } } });

export default defineRule({
  id: 'APIGateway.9',
  slug: 'apigw-request-validation',
  title: 'Methods that take data validate it first',
  criteria: [Criterion.PI1_2, Criterion.CC6_6],
  control: 'processing-reliability',
  severity: 'info',
  resourceTypes: [METHOD],
  rationale:
    'What does not have the agreed form is refused before any code sees it. Code may check it as well as API Gateway does.',
  remediation: 'Set `requestModels` and `requestValidatorOptions: { validateRequestBody: true }` on the method.',
  references: ['cdk-nag AwsSolutions-APIG2', 'checkov CKV2_AWS_53', 'OWASP API Security: input validation'],
  ...about(
    (method) => isOneOf(method.at('HttpMethod'), ['POST', 'PUT', 'PATCH']),
    (method) => method.at('RequestValidatorId').mustBeSet('a request validator'),
  ),
  examples: {
    pass: {
      'there is a validator': {
        Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: 'api', ValidateRequestBody: true } },
        ...post({ RequestValidatorId: { Ref: 'Validator' } }),
      },
    },
    fail: { 'there is no validator': post({}), 'the validator is empty': post({ RequestValidatorId: '' }) },
    undetermined: {
      'the validator is a parameter': {
        Parameters: { Validator: { Type: 'String' } },
        Resources: post({ RequestValidatorId: { Ref: 'Validator' } }),
      },
    },
  },
});
