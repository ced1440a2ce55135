import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { LISTENER, mustNotForward } from '../shared/plain-listeners';

const listener = (action: JsonObject, properties: JsonObject = {}) => ({
  Plain: {
    Type: LISTENER,
    Properties: { LoadBalancerArn: 'arn', Port: 80, Protocol: 'HTTP', DefaultActions: [action], ...properties },
  },
});
const redirect = (config: JsonObject) => ({ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...config } });
const forward = { Type: 'forward', TargetGroupArn: 'arn' };

export default defineRule({
  id: 'ELB.2',
  slug: 'alb-redirect-https',
  title: 'Plain HTTP listeners do nothing but redirect to HTTPS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [LISTENER],
  applies: (resource) => resource.at('Protocol').isUnknown || resource.at('Protocol').string === 'HTTP',
  rationale: 'What is served over plain HTTP, sessions and personal data included, can be read and changed on its way.',
  remediation: 'Call `loadBalancer.addRedirect()` for port 80, and serve from a listener on 443 with a certificate.',
  references: ['Security Hub ELB.1', 'AWS Config ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK', 'cdk-nag ALBHttpToHttpsRedirection'],
  check: (resource) => {
    const found = mustNotForward(resource);
    const protocol = resource.at('Protocol');
    return protocol.isUnknown && found.length > 0 ? [protocol.undetermined('HTTPS, or a redirect to it')] : found;
  },
  examples: {
    pass: {
      'it redirects': listener(redirect({ Protocol: 'HTTPS', Port: '443' })),
      'it answers by itself': listener({ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }),
    },
    fail: {
      'it forwards': listener(forward),
      'it redirects to itself': listener(redirect({ Port: '8080' })),
      'it redirects to http': listener(redirect({ Protocol: 'HTTP', Port: '8080' })),
      'one of its rules forwards': {
        ...listener(redirect({ Protocol: 'HTTPS' })),
        Rule: {
          Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
          Properties: { ListenerArn: { Ref: 'Plain' }, Priority: 1, Conditions: [], Actions: [forward] },
        },
      },
    },
    undetermined: {
      'the protocol is a parameter': {
        Parameters: { Protocol: { Type: 'String' } },
        Resources: listener(forward, { Protocol: { Ref: 'Protocol' } }),
      },
    },
  },
});
