import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { isApplication, LOAD_BALANCER } from '../shared/load-balancers';
import { association, mustHaveWebAcl } from '../shared/web-acls';

const balancer = (properties: JsonObject) => ({ Balancer: { Type: LOAD_BALANCER, Properties: properties } });

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
  check: (balancer) => {
    const found = mustHaveWebAcl(balancer, 'the load balancer');
    const scheme = balancer.at('Scheme');
    return scheme.isUnknown && found.some(({ kind }) => kind === 'fail')
      ? [scheme.undetermined("'internal', or a web ACL")]
      : found;
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
