import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { mustLogAccess } from '../shared/access-log-settings';
import { HTTP_STAGE } from '../shared/api-stages';

const ARN = 'arn:aws:logs:eu-west-1:111122223333:log-group:api';
const FORMAT = '$context.requestId $context.identity.sourceIp $context.status';

const stage = (properties: JsonObject) => ({
  Stage: { Type: HTTP_STAGE, Properties: { ApiId: 'api', StageName: '$default', ...properties } },
});

export default defineRule({
  id: 'APIGatewayV2.1',
  slug: 'apigwv2-access-logging',
  title: 'Stages of HTTP and WebSocket APIs write access logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: [HTTP_STAGE],
  rationale: 'The access log is the only record of who called the API; an HTTP API has no other.',
  remediation:
    'Add the stage with `api.addStage(id, { accessLogSettings: { destination: new apigatewayv2.LogGroupLogDestination(logGroup) } })`, and `createDefaultStage: false` on the API.',
  references: [
    'Security Hub APIGateway.9',
    'AWS Config API_GWV2_ACCESS_LOGS_ENABLED',
    'cdk-nag APIGWAccessLogging',
    'checkov CKV_AWS_95',
  ],
  check: (stage) => mustLogAccess(stage.at('AccessLogSettings')),
  examples: {
    pass: {
      'access is logged': stage({ AccessLogSettings: { DestinationArn: ARN, Format: FORMAT } }),
      'access is logged to a log group of the template': {
        Logs: { Type: 'AWS::Logs::LogGroup' },
        ...stage({ AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, Format: FORMAT } }),
      },
    },
    fail: {
      'access is not logged': stage({}),
      'there is no format': stage({ AccessLogSettings: { DestinationArn: ARN } }),
      'there is no destination': stage({ AccessLogSettings: { Format: FORMAT } }),
    },
    undetermined: {
      'the destination is a parameter': {
        Parameters: { Logs: { Type: 'String' } },
        Resources: stage({ AccessLogSettings: { DestinationArn: { Ref: 'Logs' }, Format: FORMAT } }),
      },
    },
  },
});
