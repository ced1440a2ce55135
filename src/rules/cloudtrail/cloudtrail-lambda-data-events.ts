import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';
import { mustRecord } from '../shared/trail-events';

const functions = {
  Charge: { Type: 'AWS::Lambda::Function', Properties: {} },
  Refund: { Type: 'AWS::Lambda::Function', Properties: {} },
};
const trail = (...values: Json[]) => ({
  ...functions,
  Trail: {
    Type: 'AWS::CloudTrail::Trail',
    Properties: {
      S3BucketName: 'trail-logs',
      IsLogging: true,
      EventSelectors: [{ DataResources: [{ Type: 'AWS::Lambda::Function', Values: values }] }],
    },
  },
});

export default defineRule({
  id: 'CloudTrail.8',
  slug: 'cloudtrail-lambda-data-events',
  title: 'A trail records who invokes Lambda functions',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  // One event an invocation, most of them by services: worth it where functions act on somebody's behalf.
  severity: 'info',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  applies: (trail) => trail.peers('AWS::Lambda::Function').length > 0 || trail.peers('AWS::Serverless::Function').length > 0,
  rationale: 'The logs of a function say what it did, not who called it; only the data event of the invocation does.',
  remediation:
    'Call `trail.logAllLambdaDataEvents()`, or `trail.addLambdaEventSelector` with the functions. Data events are billed.',
  references: ['Prowler awslambda_function_invoke_api_operations_cloudtrail_logging_enabled', 'NIST 800-53 AU-12'],
  check: (trail) =>
    byAnyTrail(trail, (each) =>
      mustRecord(each, { category: 'Data', access: 'Write', type: 'AWS::Lambda::Function' }, [
        ...each.peers('AWS::Lambda::Function'),
        ...each.peers('AWS::Serverless::Function'),
      ]),
    ),
  examples: {
    pass: {
      'all functions': trail('arn:aws:lambda'),
      'every function by name': trail({ 'Fn::GetAtt': ['Charge', 'Arn'] }, { 'Fn::GetAtt': ['Refund', 'Arn'] }),
    },
    fail: {
      'no functions': trail(),
      'one of two functions': trail({ 'Fn::GetAtt': ['Charge', 'Arn'] }),
      'no selectors': { ...functions, Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true } } },
    },
    undetermined: {
      'the functions are a parameter': { Parameters: { Which: { Type: 'String' } }, Resources: trail({ Ref: 'Which' }) },
    },
  },
});
