import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { classic, protocolOf } from '../shared/classic-listeners';
import { CLASSIC_LOAD_BALANCER } from '../shared/load-balancers';

export default defineRule({
  id: 'ELB.10',
  slug: 'clb-tls-listeners',
  title: 'Classic load balancers listen for HTTPS or TLS only',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [CLASSIC_LOAD_BALANCER],
  rationale: 'A classic load balancer cannot redirect: what it takes over plain HTTP it serves over plain HTTP, for all to read.',
  remediation:
    'Set `externalProtocol: elb.LoadBalancingProtocol.HTTPS` on every listener, or move to an application load balancer, which can redirect.',
  references: ['Security Hub ELB.3', 'AWS Config ELB_TLS_HTTPS_LISTENERS_ONLY', 'cdk-nag ELBTlsHttpsListenersOnly'],
  check: (balancer) =>
    balancer
      .at('Listeners')
      .items()
      .flatMap((listener) => {
        const protocol = listener.at('Protocol');
        if (protocolOf(listener) === 'TCP') return [protocol.undetermined('HTTPS or SSL', 'TCP is passed on unread')];
        return protocol.must("'HTTPS' or 'SSL'", () => ['HTTPS', 'SSL'].includes(protocolOf(listener) ?? ''));
      }),
  examples: {
    pass: {
      'the listener ends https': classic({ Protocol: 'HTTPS', SSLCertificateId: 'arn' }),
      'the protocol is in small letters': classic({ Protocol: 'ssl', SSLCertificateId: 'arn' }),
    },
    fail: {
      'the listener takes http': classic({ Protocol: 'http', LoadBalancerPort: '80' }),
      'one of two listeners takes http': classic(
        {},
        {
          Listeners: [
            { InstancePort: '80', LoadBalancerPort: '443', Protocol: 'HTTPS' },
            { InstancePort: '80', LoadBalancerPort: '80', Protocol: 'HTTP' },
          ],
        },
      ),
      'there is no protocol': classic({}),
    },
    undetermined: {
      'tcp is passed on': classic({ Protocol: 'TCP' }),
      'the protocol is a parameter': {
        Parameters: { Protocol: { Type: 'String' } },
        Resources: classic({ Protocol: { Ref: 'Protocol' } }),
      },
    },
  },
});
