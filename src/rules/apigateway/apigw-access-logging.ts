import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { mustLogAccess } from '../shared/access-log-settings';
import { isStage, REST_DEPLOYMENT, REST_STAGES, restStage, stageSettings } from '../shared/api-stages';

const FORMAT = '$context.requestId $context.identity.sourceIp $context.status';

const logging = (destination: Json, format: Json = FORMAT) =>
  restStage({ AccessLogSetting: { DestinationArn: destination, Format: format } });

export default defineRule({
  id: 'APIGateway.2',
  slug: 'apigw-access-logging',
  title: 'Stages of REST APIs write access logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'warning',
  resourceTypes: REST_STAGES,
  applies: isStage,
  rationale: 'The access log says who called what and when; the execution log at level ERROR leaves out calls that succeed.',
  remediation: 'Set `deployOptions: { accessLogDestination: new apigateway.LogGroupLogDestination(logGroup) }`.',
  references: ['cdk-nag APIGWAccessLogging', 'checkov CKV_AWS_76', 'NIST 800-53 AU-2'],
  check: (stage) => mustLogAccess(stageSettings(stage).at('AccessLogSetting')),
  examples: {
    pass: {
      'access is logged': { Logs: { Type: 'AWS::Logs::LogGroup' }, ...logging({ 'Fn::GetAtt': ['Logs', 'Arn'] }) },
      'a deployment makes a stage that logs': {
        Stage: {
          Type: REST_DEPLOYMENT,
          Properties: {
            StageName: 'live',
            StageDescription: { AccessLogSetting: { DestinationArn: 'arn:aws:logs:eu-west-1:1:log-group:api', Format: FORMAT } },
          },
        },
      },
    },
    fail: {
      'access is not logged': restStage({}),
      'there is no format': logging('arn:aws:logs:eu-west-1:111122223333:log-group:api', ''),
      'there is no destination': restStage({ AccessLogSetting: { Format: FORMAT } }),
    },
    undetermined: {
      'the destination is a parameter': { Parameters: { Logs: { Type: 'String' } }, Resources: logging({ Ref: 'Logs' }) },
    },
  },
});
