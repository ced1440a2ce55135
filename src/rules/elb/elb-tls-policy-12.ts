import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { LISTENER } from '../shared/plain-listeners';
import { DEFAULT_POLICY, worthOf } from '../shared/tls-policies';

const EXPECTED = 'a policy with TLS 1.2 or later and forward secrecy';

const listener = (properties: JsonObject) => ({
  Listener: {
    Type: LISTENER,
    Properties: { LoadBalancerArn: 'arn', Port: 443, Protocol: 'HTTPS', DefaultActions: [], ...properties },
  },
});

export default defineRule({
  id: 'ELB.6',
  slug: 'elb-tls-policy-12',
  title: 'HTTPS and TLS listeners accept nothing older than TLS 1.2, with forward secrecy',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [LISTENER],
  applies: (resource) => resource.at('Protocol').isUnknown || ['HTTPS', 'TLS'].includes(resource.at('Protocol').text),
  rationale: 'TLS 1.0 and 1.1 are broken and retired; without forward secrecy, a key that leaks opens what was recorded before.',
  remediation:
    'Set `sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ` on the listener. `SslPolicy.RECOMMENDED` is the policy of 2016 and accepts TLS 1.0.',
  references: ['Security Hub ELB.17', 'checkov CKV_AWS_103', 'NIST 800-53 SC-8', 'NIST SP 800-52'],
  check: (resource) => {
    const [protocol, policy] = [resource.at('Protocol'), resource.at('SslPolicy')];
    if (policy.isUnknown) return [policy.undetermined(EXPECTED)];
    const worth = worthOf(policy.isAbsent ? DEFAULT_POLICY : policy.text);
    if (worth === 'strong') return [];
    if (protocol.isUnknown) return [protocol.undetermined('a protocol without TLS')];
    if (worth === undefined) return [policy.undetermined(EXPECTED, 'it is not a policy that this version knows')];
    const name = policy.isAbsent ? `SslPolicy is not set, and the default '${DEFAULT_POLICY}'` : policy.found;
    return [policy.fails(EXPECTED, `${name} ${worth}`)];
  },
  examples: {
    pass: {
      'tls 1.2 and 1.3 with post-quantum keys': listener({ SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' }),
      'tls 1.3 only': listener({ Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }),
      'a fips policy': listener({ SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04' }),
    },
    fail: {
      'no policy is named': listener({}),
      'no policy is named on a network load balancer': listener({ Protocol: 'TLS' }),
      'the policy that cdk calls recommended': listener({ SslPolicy: 'ELBSecurityPolicy-2016-08' }),
      'a policy with tls 1.3 and 1.0': listener({ SslPolicy: 'ELBSecurityPolicy-TLS13-1-0-2021-06' }),
      'a policy without forward secrecy': listener({ SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06' }),
      'a fips policy without forward secrecy': listener({
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07',
      }),
    },
    undetermined: {
      'the policy is a parameter': {
        Parameters: { Policy: { Type: 'String' } },
        Resources: listener({ SslPolicy: { Ref: 'Policy' } }),
      },
      'the policy is newer than this rule': listener({ SslPolicy: 'ELBSecurityPolicy-TLS14-2031-01' }),
    },
  },
});
