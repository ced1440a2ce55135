import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { DISTRIBUTION, distribution } from '../shared/distributions';

const EXPECTED = 'a certificate of its own, with a policy of TLS 1.2 or later and forward secrecy';

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html */
const STRONG = ['TLSv1.2_2019', 'TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'];
const WEAK: ReadonlyMap<string, string> = new Map([
  ['SSLv3', 'accepts SSL 3'],
  ['TLSv1', 'accepts TLS 1.0'],
  ['TLSv1_2016', 'accepts TLS 1.0'],
  ['TLSv1.1_2016', 'accepts TLS 1.1'],
  ['TLSv1.2_2018', 'has ciphers without forward secrecy'],
]);

const own = (certificate: JsonObject) =>
  distribution({ ViewerCertificate: { AcmCertificateArn: 'arn', SslSupportMethod: 'sni-only', ...certificate } });

export default defineRule({
  id: 'CloudFront.4',
  slug: 'cloudfront-viewer-tls12',
  aliases: ['cloudfront-custom-certificate'],
  title: 'Distributions accept nothing older than TLS 1.2 from viewers, with forward secrecy',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [DISTRIBUTION],
  rationale: 'TLS 1.0 and 1.1 are broken and retired. Under the domain name of CloudFront they are always accepted.',
  remediation:
    'Set `domainNames`, `certificate` and `minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021` or a later one.',
  references: [
    'Security Hub CloudFront.7',
    'Security Hub CloudFront.15',
    'AWS Config CLOUDFRONT_SECURITY_POLICY_CHECK',
    'checkov CKV_AWS_174',
  ],
  check: (distribution) => {
    const certificate = distribution.at('DistributionConfig.ViewerCertificate');
    if (certificate.isUnknown) return [certificate.undetermined(EXPECTED)];
    const [byDefault, policy] = [certificate.at('CloudFrontDefaultCertificate'), certificate.at('MinimumProtocolVersion')];
    if (certificate.isAbsent || byDefault.boolean === true)
      return [certificate.fails(EXPECTED, 'the certificate is that of CloudFront, whose policy accepts TLS 1.0')];
    if (policy.isAbsent) return [policy.fails(EXPECTED, 'no policy is named, and the default accepts TLS 1.0')];
    const weakness = WEAK.get(policy.string ?? '');
    if (weakness !== undefined) return [policy.fails(EXPECTED, `${policy.found} ${weakness}`)];
    if (byDefault.isUnknown) return [byDefault.undetermined(EXPECTED)];
    if (STRONG.includes(policy.string ?? '')) return [];
    return [policy.undetermined(EXPECTED, policy.isKnown ? 'it is not a policy that this version knows' : undefined)];
  },
  examples: {
    pass: {
      'tls 1.2 and later': own({ MinimumProtocolVersion: 'TLSv1.2_2021' }),
      'tls 1.3 only': own({ MinimumProtocolVersion: 'TLSv1.3_2025' }),
    },
    fail: {
      'there is no certificate': distribution({}),
      'the certificate is that of cloudfront': distribution({ ViewerCertificate: { CloudFrontDefaultCertificate: 'true' } }),
      'the version does not count with the certificate of cloudfront': own({
        CloudFrontDefaultCertificate: true,
        MinimumProtocolVersion: 'TLSv1.2_2021',
      }),
      'the version is not mentioned': own({}),
      'tls 1.0 is accepted': own({ MinimumProtocolVersion: 'TLSv1_2016' }),
      'there is no forward secrecy': own({ MinimumProtocolVersion: 'TLSv1.2_2018' }),
    },
    undetermined: {
      'the version is a parameter': {
        Parameters: { Version: { Type: 'String' } },
        Resources: own({ MinimumProtocolVersion: { Ref: 'Version' } }),
      },
      'the policy is newer than this rule': own({ MinimumProtocolVersion: 'TLSv1.4_2031' }),
    },
  },
});
