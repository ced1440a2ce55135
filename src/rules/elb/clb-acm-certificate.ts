import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustComeFromAcm } from '../shared/acm-certificate';
import { classic, tlsListeners } from '../shared/classic-listeners';
import { CLASSIC_LOAD_BALANCER } from '../shared/load-balancers';

const https = (certificate: object) => classic({ Protocol: 'HTTPS', ...certificate });

export default defineRule({
  id: 'ELB.9',
  slug: 'clb-acm-certificate',
  title: 'Classic load balancers take their certificates from ACM',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [CLASSIC_LOAD_BALANCER],
  applies: (balancer) => tlsListeners(balancer).length > 0,
  rationale: 'A certificate that somebody uploaded has to be renewed by hand, and its private key lies around elsewhere.',
  remediation: 'Set `sslCertificateArn` of the listener to the ARN of an `acm.Certificate`.',
  references: ['Security Hub ELB.2', 'AWS Config ELB_ACM_CERTIFICATE_REQUIRED', 'cdk-nag ELBACMCertificateRequired'],
  check: (balancer) => tlsListeners(balancer).flatMap((listener) => mustComeFromAcm(listener.at('SSLCertificateId'))),
  examples: {
    pass: {
      'the certificate is one of acm': https({ SSLCertificateId: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }),
      'the certificate is one of the template': {
        Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'example.com' } },
        ...classic({ Protocol: 'ssl', SSLCertificateId: { Ref: 'Certificate' } }),
      },
    },
    fail: {
      'there is no certificate': https({}),
      'the certificate is uploaded to iam': https({ SSLCertificateId: 'arn:aws:iam::111122223333:server-certificate/old' }),
      'the template uploads the certificate': {
        Uploaded: { Type: 'AWS::IAM::ServerCertificate', Properties: { CertificateBody: 'PEM' } },
        ...https({ SSLCertificateId: { 'Fn::GetAtt': ['Uploaded', 'Arn'] } }),
      },
    },
    undetermined: {
      'the certificate is a parameter': {
        Parameters: { Certificate: { Type: 'String' } },
        Resources: https({ SSLCertificateId: { Ref: 'Certificate' } }),
      },
    },
  },
});
