import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { declaredKind } from '../shared/environment-kind';
import { attribute, LOAD_BALANCER } from '../shared/load-balancers';

const KEY = 'deletion_protection.enabled';

const balancer = (properties: JsonObject) => ({ Balancer: { Type: LOAD_BALANCER, Properties: properties } });
const set = (value: Json): JsonObject => balancer({ Type: 'network', LoadBalancerAttributes: [{ Key: KEY, Value: value }] });
const declared = (kind: string): JsonObject => ({ 'cdk-soc2': { environment: { kind } } });

export default defineRule({
  id: 'ELB.7',
  slug: 'elb-deletion-protection',
  title: 'Load balancers are protected against deletion',
  criteria: [Criterion.A1_2, Criterion.CC8_1],
  control: 'deletion-protection',
  severity: 'warning',
  resourceTypes: [LOAD_BALANCER],
  rationale: 'A load balancer that is deleted by mistake takes the service down, and its addresses do not come back.',
  remediation: 'Set `deletionProtection: true` on the load balancer.',
  references: ['Security Hub ELB.6', 'AWS Config ELB_DELETION_PROTECTION_ENABLED', 'cdk-nag ELBDeletionProtectionEnabled'],
  check: (resource) =>
    declaredKind(resource.environment) === 'non-production'
      ? [{ kind: 'note', resource, text: 'the environment is declared not to be production, and is meant to go away' }]
      : attribute(resource, KEY).mustBe(true, { problem: `attribute '${KEY}' is not 'true'` }),
  examples: {
    pass: {
      'it is protected': set('true'),
      'the environment is not production': { Metadata: declared('DEVELOPMENT'), Resources: set('false') },
    },
    fail: {
      'there are no attributes': balancer({}),
      'protection is off': set('false'),
      'protection is off in production': { Metadata: declared('PRODUCTION'), Resources: set('false') },
    },
    undetermined: {
      'protection is a parameter': { Parameters: { Protect: { Type: 'String' } }, Resources: set({ Ref: 'Protect' }) },
    },
  },
});
