import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { classic } from '../shared/classic-listeners';
import { CLASSIC_LOAD_BALANCER } from '../shared/load-balancers';

export default defineRule({
  id: 'ELB.12',
  slug: 'clb-cross-zone',
  title: 'Classic load balancers spread requests over all zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: [CLASSIC_LOAD_BALANCER],
  rationale: 'Otherwise the few servers of one zone get its whole share of the requests, and fail under it when others are lost.',
  remediation: 'Remove `crossZone: false`; the construct turns it on by default.',
  references: [
    'Security Hub ELB.9',
    'AWS Config ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED',
    'cdk-nag ELBCrossZoneLoadBalancingEnabled',
  ],
  check: (balancer) => balancer.at('CrossZone').mustBe(true),
  examples: {
    pass: { 'requests go to all zones': classic({ Protocol: 'HTTPS' }, { CrossZone: true }) },
    fail: {
      'it is not mentioned': classic({ Protocol: 'HTTPS' }),
      'it is off': classic({ Protocol: 'HTTPS' }, { CrossZone: 'false' }),
    },
    undetermined: {
      'it is a parameter': {
        Parameters: { Cross: { Type: 'String' } },
        Resources: classic({ Protocol: 'HTTPS' }, { CrossZone: { Ref: 'Cross' } }),
      },
    },
  },
});
