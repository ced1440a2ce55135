import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { attribute, isApplication, LOAD_BALANCER } from '../shared/load-balancers';

const KEY = 'routing.http.drop_invalid_header_fields.enabled';

const balancer = (properties: JsonObject) => ({ Balancer: { Type: LOAD_BALANCER, Properties: properties } });
const set = (value: Json) => balancer({ LoadBalancerAttributes: [{ Key: KEY, Value: value }] });

export default defineRule({
  id: 'ELB.1',
  slug: 'alb-drop-invalid-headers',
  title: 'Application load balancers drop invalid HTTP headers',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: [LOAD_BALANCER],
  applies: isApplication,
  rationale: 'A header that one server reads in another way than the next is how requests are smuggled past a check.',
  remediation: 'Set `dropInvalidHeaderFields: true` on the load balancer.',
  references: [
    'Security Hub ELB.4',
    'AWS Config ALB_HTTP_DROP_INVALID_HEADER_ENABLED',
    'cdk-nag ALBHttpDropInvalidHeaderEnabled',
  ],
  check: (resource) => attribute(resource, KEY).mustBe(true, { problem: `attribute '${KEY}' is not 'true'` }),
  examples: {
    pass: {
      'invalid headers are dropped': set('true'),
      'the type is given, the attribute is one of several': balancer({
        Type: 'application',
        LoadBalancerAttributes: [
          { Key: 'idle_timeout.timeout_seconds', Value: '60' },
          { Key: KEY, Value: true },
        ],
      }),
    },
    fail: {
      'there are no attributes': balancer({}),
      'the attribute is missing': balancer({ LoadBalancerAttributes: [{ Key: 'routing.http2.enabled', Value: 'true' }] }),
      'invalid headers are passed on': set('false'),
    },
    undetermined: {
      'the value is a parameter': { Parameters: { Drop: { Type: 'String' } }, Resources: set({ Ref: 'Drop' }) },
    },
  },
});
