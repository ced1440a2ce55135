import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { classic } from '../shared/classic-listeners';
import { CLASSIC_LOAD_BALANCER } from '../shared/load-balancers';

const draining = (enabled: Json) =>
  classic({ Protocol: 'HTTPS' }, { ConnectionDrainingPolicy: { Enabled: enabled, Timeout: 300 } });

export default defineRule({
  id: 'ELB.13',
  slug: 'clb-connection-draining',
  title: 'Classic load balancers let requests finish before a server leaves',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: [CLASSIC_LOAD_BALANCER],
  rationale: 'Without it, every deployment and every scale-in cuts off requests half way.',
  remediation:
    'Set `connectionDrainingPolicy: { enabled: true, timeout: 300 }` on the `CfnLoadBalancer` that is `node.defaultChild` of the construct.',
  references: ['Security Hub ELB.7', 'cdk-nag CLBConnectionDraining', 'CT.ELASTICLOADBALANCING.PR.11'],
  check: (balancer) => balancer.at('ConnectionDrainingPolicy.Enabled').mustBe(true),
  examples: {
    pass: { 'requests may finish': draining(true) },
    fail: { 'it is not mentioned': classic({ Protocol: 'HTTPS' }), 'it is off': draining(false) },
    undetermined: {
      'it is a parameter': { Parameters: { Drain: { Type: 'String' } }, Resources: draining({ Ref: 'Drain' }) },
    },
  },
});
