import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const lambda = (properties: JsonObject) => ({ Function: { Type: 'AWS::Lambda::Function', Properties: { ...properties } } });

export default defineRule({
  id: 'Lambda.7',
  slug: 'lambda-tracing',
  title: 'Lambda functions are traced by X-Ray',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'resource-monitoring',
  // Other tools trace as well, and tracing costs by the request.
  severity: 'info',
  resourceTypes: ['AWS::Lambda::Function'],
  rationale: 'A trace shows which part of an application was slow or failed, and which other parts it had to do with.',
  remediation: 'Set `tracing: lambda.Tracing.ACTIVE`.',
  references: ['Security Hub Lambda.7', 'AWS Config LAMBDA_FUNCTION_XRAY_ENABLED', 'cdk-nag LambdaTracing', 'checkov CKV_AWS_50'],
  check: (lambda) => lambda.at('TracingConfig.Mode').mustBe('Active'),
  examples: {
    pass: { 'requests are traced': lambda({ TracingConfig: { Mode: 'Active' } }) },
    fail: {
      'tracing is not mentioned': lambda({}),
      'only traces of others are continued': lambda({ TracingConfig: { Mode: 'PassThrough' } }),
    },
    undetermined: { 'the mode is a parameter': withParameter('Mode', lambda({ TracingConfig: { Mode: { Ref: 'Mode' } } })) },
  },
});
