import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { isPrivate, REST_API, REST_STAGE, restStage } from '../shared/api-stages';
import { ASSOCIATION, association, mustHaveWebAcl } from '../shared/web-acls';

const stage = (api: JsonObject = {}): JsonObject => ({ Api: { Type: REST_API, Properties: api }, ...restStage({}) });
const arn = (name: string): Json => ({
  'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/${name}`,
});

export default defineRule({
  id: 'APIGateway.5',
  slug: 'apigw-waf',
  title: 'REST APIs on the internet are behind a web application firewall',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'web-application-firewall',
  severity: 'warning',
  resourceTypes: [REST_STAGE],
  applies: (stage) => !apisOf(stage).some(isPrivate),
  rationale: 'A web application firewall stops the known attacks that every public address receives before they reach the code.',
  remediation:
    'Create a `wafv2.CfnWebACLAssociation` with `resourceArn: api.deploymentStage.stageArn`. Where a distribution with a web ACL stands in front, record an exception that names it.',
  references: ['Security Hub APIGateway.4', 'AWS Config API_GW_ASSOCIATED_WITH_WAF', 'cdk-nag APIGWAssociatedWithWAF'],
  check: (stage) => mustHaveWebAcl(stage, 'the stage', byName(stage)),
  examples: {
    pass: {
      'a web acl is associated': { ...stage(), ...association(arn('${Stage}')) },
      'the association has the name of the stage': { ...stage(), ...association(arn('live')) },
    },
    fail: {
      'there is no web acl': stage(),
      'the web acl is that of another stage': { ...stage(), ...association(arn('test')) },
    },
    undetermined: {
      'what the association protects is a parameter': {
        Parameters: { Protected: { Type: 'String' } },
        Resources: { ...stage(), ...association({ Ref: 'Protected' }) },
      },
    },
  },
});

function apisOf(stage: Resource): Resource[] {
  return stage.at('RestApiId').targets(REST_API);
}

/** Associations that name the API of the stage, and the stage by its name. */
function byName(stage: Resource): Resource[] {
  const end = `/stages/${stage.at('StageName').string}`;
  const ofApi = apisOf(stage).flatMap((api) => api.pointedAtBy(ASSOCIATION, 'ResourceArn'));
  return ofApi.filter((each) => each.at('ResourceArn').text.endsWith(end));
}
