import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { mustComeFromAcm } from '../shared/acm-certificate';
import { LISTENER, mustNotForward } from '../shared/plain-listeners';

const listener = (protocol: Json, properties: JsonObject = {}) => ({
  Listener: {
    Type: LISTENER,
    Properties: {
      LoadBalancerArn: 'arn',
      Port: 443,
      Protocol: protocol,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
      ...properties,
    },
  },
  Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 443, TargetType: 'ip' } },
});
const certificate = (arn: Json) => ({ Certificates: [{ CertificateArn: arn }] });

export default defineRule({
  id: 'ELB.5',
  slug: 'elb-secure-listeners',
  title: 'Listeners use HTTPS or TLS with a certificate from ACM',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [LISTENER],
  // The listener of a gateway load balancer has no protocol.
  applies: (resource) => !resource.at('Protocol').isAbsent && resource.at('Protocol').string !== 'GENEVE',
  rationale:
    'Data in transit is protected as far as the load balancer ends the encrypted connection; ACM renews the certificate.',
  remediation: 'Give the listener `protocol: HTTPS` or `TLS` and `certificates: [certificate]`, an `acm.Certificate`.',
  references: ['Security Hub ELB.18', 'AWS Config ELBV2_ACM_CERTIFICATE_REQUIRED', 'cdk-nag ELBv2ACMCertificateRequired'],
  check: (resource) => {
    const protocol = resource.at('Protocol');
    if (protocol.isUnknown) return [protocol.undetermined('HTTPS or TLS')];
    if (['HTTPS', 'TLS'].includes(protocol.text)) return mustBeCertified(resource.at('Certificates'));
    if (protocol.string === 'HTTP') return mustNotForward(resource);
    // TCP, UDP and QUIC are passed on unread; another load balancer behind it has listeners of its own.
    const targets = resource.at('DefaultActions').items();
    if (protocol.string === 'QUIC' || (targets.length > 0 && targets.every(isBalancer))) return [];
    const problem = `${protocol.text} is passed on unread, and whether it is encrypted is up to its ends`;
    return [{ kind: 'undetermined', resource, path: protocol.path, problem, found: protocol.found, expected: 'TLS' }];
  },
  examples: {
    pass: {
      'https with a certificate of acm': listener('HTTPS', certificate('arn:aws:acm:eu-west-1:111122223333:certificate/1')),
      'tls with a certificate of the template': {
        Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'example.com' } },
        ...listener('TLS', certificate({ Ref: 'Certificate' })),
      },
      'http only redirects': listener('HTTP', {
        DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }],
      }),
      'tcp leads to an application load balancer': {
        ...listener('TCP'),
        Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 443, TargetType: 'alb' } },
      },
    },
    fail: {
      'http forwards': listener('HTTP'),
      'https has no certificate': listener('HTTPS'),
      'the certificate is uploaded to iam by the template': {
        Uploaded: { Type: 'AWS::IAM::ServerCertificate', Properties: { PrivateKey: '{{resolve:secretsmanager:key}}' } },
        ...listener('TLS', certificate({ 'Fn::GetAtt': ['Uploaded', 'Arn'] })),
      },
      'the certificate is uploaded to iam': listener('TLS', certificate('arn:aws:iam::111122223333:server-certificate/old')),
    },
    undetermined: {
      'tcp is passed on': listener('TCP'),
      'the protocol is a parameter': {
        Parameters: { Protocol: { Type: 'String' } },
        Resources: listener({ Ref: 'Protocol' }),
      },
    },
  },
});

function mustBeCertified(certificates: Value): Observation[] {
  const items = certificates.items();
  return items.length === 0
    ? certificates.mustBeSet('a certificate')
    : items.flatMap((each) => mustComeFromAcm(each.at('CertificateArn')));
}

function isBalancer(action: Value): boolean {
  return action.at('TargetGroupArn').target?.at('TargetType').string === 'alb';
}
