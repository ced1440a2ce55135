import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { isStage, REST_DEPLOYMENT, REST_STAGES, restStage, stageSettings } from '../shared/api-stages';

const traced = (value: Json) => restStage({ TracingEnabled: value });

export default defineRule({
  id: 'APIGateway.6',
  slug: 'apigw-tracing',
  title: 'Stages of REST APIs trace requests',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'resource-monitoring',
  severity: 'info',
  resourceTypes: REST_STAGES,
  applies: isStage,
  rationale: 'A trace shows which of the services behind an API made a request slow, or made it fail.',
  remediation: 'Set `deployOptions: { tracingEnabled: true }`.',
  references: ['Security Hub APIGateway.3', 'AWS Config API_GW_XRAY_ENABLED', 'cdk-nag APIGWXrayEnabled', 'checkov CKV_AWS_73'],
  check: (stage) => stageSettings(stage).at('TracingEnabled').mustBe(true),
  examples: {
    pass: { 'requests are traced': traced(true) },
    fail: {
      'tracing is not mentioned': restStage({}),
      'tracing is off': traced('false'),
      'a deployment makes a stage without tracing': { Stage: { Type: REST_DEPLOYMENT, Properties: { StageName: 'live' } } },
    },
    undetermined: {
      'tracing is a parameter': { Parameters: { Trace: { Type: 'String' } }, Resources: traced({ Ref: 'Trace' }) },
    },
  },
});
