import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const EXPECTED = 'a certificate of ACM';
const STORED = 'AWS::IAM::ServerCertificate';
const LISTENERS = ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerCertificate'];
const DISTRIBUTION = 'AWS::CloudFront::Distribution';

const listener = (CertificateArn: Json) => ({
  Listener: { Type: LISTENERS[0], Properties: { Protocol: 'HTTPS', Certificates: [{ CertificateArn }] } },
});

export default defineRule({
  id: 'IAM.17',
  slug: 'iam-no-server-certificates',
  title: 'Certificates come from ACM, not from the store of IAM',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'credential-lifecycle',
  severity: 'warning',
  resourceTypes: [STORED, ...LISTENERS, DISTRIBUTION],
  applies: (resource) => resource.type === STORED || certificatesOf(resource).length > 0,
  rationale: 'IAM neither renews a certificate nor warns before it ends, and its private key has been in the hands of somebody.',
  remediation: 'Create a `certificatemanager.Certificate` with `CertificateValidation.fromDns(zone)`, and use that.',
  references: ['ElectricEye IAM.7', 'CIS AWS Foundations 1.18', 'Security Hub IAM.26', 'NIST 800-53 SC-12'],
  check: (resource) =>
    resource.type === STORED
      ? [resource.fails('the certificate is kept in IAM', EXPECTED, 'a server certificate')]
      : certificatesOf(resource).flatMap(judge),
  examples: {
    pass: {
      'the listener has a certificate of ACM': {
        ...listener({ Ref: 'Certificate' }),
        Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'example.com' } },
      },
      'the certificate of ACM is elsewhere': listener('arn:aws:acm:eu-west-1:111122223333:certificate/1'),
    },
    fail: {
      'a certificate is put into IAM': { Certificate: { Type: STORED, Properties: { PrivateKey: { Ref: 'AWS::NoValue' } } } },
      'the listener has a certificate of IAM': listener('arn:aws:iam::111122223333:server-certificate/shop'),
      'the distribution has a certificate of IAM': {
        Site: { Type: DISTRIBUTION, Properties: { DistributionConfig: { ViewerCertificate: { IamCertificateId: 'ASCA' } } } },
      },
    },
    undetermined: { 'the certificate is a parameter': withParameter('Certificate', listener({ Ref: 'Certificate' })) },
  },
});

function certificatesOf(resource: Resource): Value[] {
  const path =
    resource.type === DISTRIBUTION ? 'DistributionConfig.ViewerCertificate.IamCertificateId' : 'Certificates.*.CertificateArn';
  return resource.properties.all(path).filter((certificate) => !certificate.isAbsent);
}

function judge(certificate: Value): Observation[] {
  const isOfIam = certificate.path.endsWith('IamCertificateId') || certificate.text.includes(':server-certificate/');
  if (isOfIam || certificate.target?.type === STORED) return [certificate.fails(EXPECTED, 'the certificate is one of IAM')];
  const isOpen = certificate.isUnknown && certificate.mentions().length === 0 && !certificate.text.includes(':acm:');
  return isOpen ? [certificate.undetermined(EXPECTED)] : [];
}
