import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { classic, tlsListeners } from '../shared/classic-listeners';
import { CLASSIC_LOAD_BALANCER } from '../shared/load-balancers';

const EXPECTED = 'a policy with TLS 1.2 only';
/** The one predefined policy of classic load balancers that refuses TLS 1.0 and 1.1. */
const STRONG = 'ELBSecurityPolicy-TLS-1-2-2017-01';
const OLD_PROTOCOLS = ['Protocol-SSLv3', 'Protocol-TLSv1', 'Protocol-TLSv1.1'];
const WEAK_CIPHER = /RC4|DES|NULL|EXP|ADH|MD5|PSK|SEED|CAMELLIA|IDEA/;

const policy = (attributes: Record<string, Json>): JsonObject => ({
  Policies: [
    {
      PolicyName: 'Tls',
      PolicyType: 'SSLNegotiationPolicyType',
      Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    },
  ],
});
const named = (attributes: Record<string, Json>) => classic({ Protocol: 'HTTPS', PolicyNames: ['Tls'] }, policy(attributes));

export default defineRule({
  id: 'ELB.11',
  slug: 'clb-ssl-policy',
  title: 'Classic load balancers accept nothing older than TLS 1.2',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [CLASSIC_LOAD_BALANCER],
  applies: (balancer) => tlsListeners(balancer).length > 0,
  rationale: 'TLS 1.0 and 1.1 are broken and retired, and the policy that a listener has by default accepts both.',
  remediation: `Give the load balancer an \`SSLNegotiationPolicyType\` policy with \`Reference-Security-Policy: ${STRONG}\` and name it in \`policyNames\` of the listener.`,
  references: ['Security Hub ELB.8', 'AWS Config ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK', 'CT.ELASTICLOADBALANCING.PR.12'],
  check: (balancer) =>
    tlsListeners(balancer).flatMap((listener) => {
      const names = listener.at('PolicyNames');
      const attached = policiesOf(balancer, listener);
      if (attached.length > 0) return attached.flatMap((each) => mustBeStrong(each.at('Attributes')));
      if (names.items().some((name) => name.isUnknown)) return [names.undetermined(EXPECTED, 'a policy that is not known')];
      return [names.fails(EXPECTED, 'the listener names no TLS policy, and the default accepts TLS 1.0')];
    }),
  examples: {
    pass: {
      'the listener names the policy': named({ 'Reference-Security-Policy': STRONG }),
      'the policy names the port of the listener': classic(
        { Protocol: 'ssl' },
        {
          Policies: [
            {
              PolicyName: 'Tls',
              PolicyType: 'SSLNegotiationPolicyType',
              LoadBalancerPorts: [443],
              Attributes: [{ Name: 'Reference-Security-Policy', Value: STRONG }],
            },
          ],
        },
      ),
      'a policy of its own has tls 1.2 only': named({ 'Protocol-TLSv1.2': 'true', 'ECDHE-RSA-AES128-GCM-SHA256': true }),
    },
    fail: {
      'there is no policy': classic({ Protocol: 'HTTPS' }),
      'the listener does not name the policy': classic({ Protocol: 'HTTPS' }, policy({ 'Reference-Security-Policy': STRONG })),
      'the policy is the default': named({ 'Reference-Security-Policy': 'ELBSecurityPolicy-2016-08' }),
      'a policy of its own has tls 1.0': named({ 'Protocol-TLSv1.2': true, 'Protocol-TLSv1': true }),
      'a policy of its own has a weak cipher': named({ 'Protocol-TLSv1.2': true, 'DES-CBC3-SHA': 'true' }),
    },
    undetermined: {
      'the policy is a parameter': {
        Parameters: { Policy: { Type: 'String' } },
        Resources: named({ 'Reference-Security-Policy': { Ref: 'Policy' } }),
      },
      'the name is a parameter': {
        Parameters: { Name: { Type: 'String' } },
        Resources: classic({ Protocol: 'HTTPS', PolicyNames: [{ Ref: 'Name' }] }),
      },
    },
  },
});

/** The TLS policies of a listener: those it names, and those that name its port. */
function policiesOf(balancer: Resource, listener: Value): Value[] {
  const names = listener.at('PolicyNames').items();
  const port = listener.at('LoadBalancerPort').string;
  const has = (list: Value[], text: string | undefined) => text !== undefined && list.some((each) => each.string === text);
  return balancer
    .at('Policies')
    .items()
    .filter(
      (each) =>
        each.at('PolicyType').string === 'SSLNegotiationPolicyType' &&
        (has(names, each.at('PolicyName').string) || has(each.at('LoadBalancerPorts').items(), port)),
    );
}

function mustBeStrong(attributes: Value): Observation[] {
  const reference = attributes.pick('Name', 'Reference-Security-Policy');
  if (!reference.isAbsent) return reference.at('Value').mustBe(STRONG);
  const old = attributes.items().filter((each) => OLD_PROTOCOLS.includes(each.at('Name').string ?? ''));
  const weak = attributes.items().filter((each) => WEAK_CIPHER.test(each.at('Name').string ?? ''));
  return [
    ...attributes.pick('Name', 'Protocol-TLSv1.2').at('Value').mustBe(true, { problem: 'the policy does not have TLS 1.2' }),
    ...[...old, ...weak].flatMap((each) =>
      each.at('Value').mustBe(false, { absent: '', problem: `the policy has '${each.at('Name').text}'` }),
    ),
  ];
}
