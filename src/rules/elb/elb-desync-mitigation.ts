import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { attribute, isApplication, LOAD_BALANCER } from '../shared/load-balancers';

const KEY = 'routing.http.desync_mitigation_mode';

const balancer = (properties: JsonObject) => ({ Balancer: { Type: LOAD_BALANCER, Properties: properties } });
const mode = (value: Json) => balancer({ LoadBalancerAttributes: [{ Key: KEY, Value: value }] });

export default defineRule({
  id: 'ELB.8',
  slug: 'elb-desync-mitigation',
  title: 'Application load balancers mitigate HTTP desync attacks',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: [LOAD_BALANCER],
  applies: isApplication,
  rationale: 'Where load balancer and server disagree about the end of a request, an attacker can slip in a second one.',
  remediation: 'Remove `desyncMitigationMode`, or set `elbv2.DesyncMitigationMode.DEFENSIVE` or `STRICTEST`.',
  references: ['Security Hub ELB.12', 'AWS Config ALB_DESYNC_MODE_CHECK', 'CT.ELASTICLOADBALANCING.PR.3'],
  check: (resource) =>
    attribute(resource, KEY).mustBe(['defensive', 'strictest'], {
      absent: 'the mode of an application load balancer is defensive unless it is changed',
    }),
  examples: {
    pass: {
      'the mode is left alone': balancer({}),
      'the mode is strictest': mode('strictest'),
    },
    fail: {
      'attacks are only counted': mode('monitor'),
      'only production defends itself': byStage(mode, 'defensive', 'monitor'),
    },
    undetermined: { 'the mode is a parameter': byParameter(mode) },
  },
});
