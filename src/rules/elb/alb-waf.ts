import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { isApplication, LOAD_BALANCER } from '../shared/load-balancers';
import { unnamedPointer } from '../shared/unnamed-pointer';

const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';

const balancer = (properties: JsonObject) => ({ Balancer: { Type: LOAD_BALANCER, Properties: properties } });
const association = (resource: Json) => ({
  Protection: { Type: ASSOCIATION, Properties: { ResourceArn: resource, WebACLArn: 'arn' } },
});

export default defineRule({
  id: 'ELB.3',
  slug: 'alb-waf',
  title: 'Application load balancers on the internet are behind a web application firewall',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'web-application-firewall',
  severity: 'error',
  resourceTypes: [LOAD_BALANCER],
  applies: (resource) => isApplication(resource) && resource.at('Scheme').string !== 'internal',
  rationale: 'A web application firewall stops the known attacks that every public address receives before they reach the code.',
  remediation:
    'Create a `wafv2.CfnWebACLAssociation` for the load balancer. A web ACL on a CloudFront distribution in front of it, or one that Firewall Manager attaches, is not visible here: record an exception that names it.',
  references: ['Security Hub ELB.16', 'AWS Config ALB_WAF_ENABLED', 'cdk-nag ALBWAFEnabled', 'NIST 800-53 SC-7'],
  check: (resource) => {
    const attached = resource.pointedAtBy(ASSOCIATION, 'ResourceArn');
    if (attached.length > 0) return attached.map((each) => metBy(each, 'it associates a web ACL with the load balancer'));
    const open = unnamedPointer(resource, ASSOCIATION, 'ResourceArn', 'the load balancer');
    if (open.length > 0) return open;
    const scheme = resource.at('Scheme');
    if (scheme.isUnknown) return [scheme.undetermined("'internal', or a web ACL")];
    return [resource.fails('the load balancer has no web ACL', `an '${ASSOCIATION}' for the load balancer`)];
  },
  examples: {
    pass: {
      'a web acl is associated': { ...balancer({ Scheme: 'internet-facing' }), ...association({ Ref: 'Balancer' }) },
      'the association has the arn in a text': { ...balancer({}), ...association({ 'Fn::Sub': '${Balancer}' }) },
    },
    fail: {
      'there is no web acl': balancer({ Type: 'application', Scheme: 'internet-facing' }),
      'the scheme is left to the default': balancer({}),
      'the association is for something else': {
        ...balancer({}),
        Api: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: 'api', StageName: 'live' } },
        ...association({ 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/api/stages/${Api}' }),
      },
    },
    undetermined: {
      'the scheme is a parameter': {
        Parameters: { Scheme: { Type: 'String' } },
        Resources: balancer({ Scheme: { Ref: 'Scheme' } }),
      },
      'what the association protects is a parameter': {
        Parameters: { Protected: { Type: 'String' } },
        Resources: { ...balancer({}), ...association({ Ref: 'Protected' }) },
      },
    },
  },
});
