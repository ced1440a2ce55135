import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { HTTP_STAGE, isStage, REST_DEPLOYMENT, REST_STAGES, restStage, stageSettings } from '../shared/api-stages';

const traced = (value: Json) => restStage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', DataTraceEnabled: value }] });

export default defineRule({
  id: 'APIGateway.10',
  slug: 'apigw-no-data-trace',
  title: 'Stages do not log the data of requests and responses',
  criteria: [Criterion.C1_1, Criterion.CC6_1],
  control: 'application-logging',
  severity: 'warning',
  resourceTypes: [...REST_STAGES, HTTP_STAGE],
  applies: isStage,
  rationale: 'A log with whole requests and responses in it is a copy of customer data, open to all who may read logs.',
  remediation: 'Remove `dataTraceEnabled: true`; it is for looking for a mistake, and not in production.',
  references: ['checkov CKV_AWS_276', 'NIST 800-53 SC-28'],
  check: (stage) => {
    const settings = stageSettings(stage);
    const places =
      stage.type === HTTP_STAGE
        ? [
            stage.at('DefaultRouteSettings'),
            ...stage
              .at('RouteSettings')
              .entries()
              .map(([, each]) => each),
          ]
        : [settings, ...settings.at('MethodSettings').items()];
    return places.flatMap((each) =>
      each.isAbsent || each === stage.properties ? [] : each.at('DataTraceEnabled').mustBe(false, { absent: '' }),
    );
  },
  examples: {
    pass: { 'data is not mentioned': restStage({}), 'data is left out': traced('false') },
    fail: {
      'data is logged': traced(true),
      'a deployment makes a stage that logs data': {
        Stage: { Type: REST_DEPLOYMENT, Properties: { StageName: 'live', StageDescription: { DataTraceEnabled: 'true' } } },
      },
      'one route logs data': {
        Stage: { Type: HTTP_STAGE, Properties: { ApiId: 'api', RouteSettings: { message: { DataTraceEnabled: true } } } },
      },
    },
    undetermined: {
      'it is a parameter': { Parameters: { Trace: { Type: 'String' } }, Resources: traced({ Ref: 'Trace' }) },
    },
  },
});
