import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { DISTRIBUTION, distribution, originsOf } from '../shared/distributions';
import { VPC_ORIGIN, vpcOrigin } from '../shared/vpc-origins';

const custom = (protocols: Json, policy = 'https-only') =>
  distribution({
    Origins: [
      {
        Id: 'web',
        DomainName: 'app.example.com',
        CustomOriginConfig: { OriginProtocolPolicy: policy, OriginSSLProtocols: protocols },
      },
    ],
  });

export default defineRule({
  id: 'CloudFront.6',
  slug: 'cloudfront-origin-tls12',
  title: 'CloudFront speaks TLS 1.2 with its origins',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [DISTRIBUTION, VPC_ORIGIN],
  rationale: 'An origin that may be talked to over SSL 3 or TLS 1.0 can be made to, and those are broken.',
  remediation: 'Set `originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2]` on the origin.',
  references: ['Security Hub CloudFront.10', 'AWS Config CLOUDFRONT_NO_DEPRECATED_SSL_PROTOCOLS', 'CT.CLOUDFRONT.PR.11'],
  check: (resource) => {
    const configs =
      resource.type === VPC_ORIGIN
        ? [resource.at('VpcOriginEndpointConfig')]
        : originsOf(resource).map((origin) => origin.at('CustomOriginConfig'));
    return configs.flatMap(mustSpeakTls12);
  },
  examples: {
    pass: {
      'tls 1.2 is the only protocol': custom(['TLSv1.2']),
      'the origin is reached over http, which is for another rule': custom(['TLSv1'], 'http-only'),
      'a vpc origin has tls 1.2': vpcOrigin({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] }),
    },
    fail: {
      'the protocols are left to the default': custom({ Ref: 'AWS::NoValue' }),
      'tls 1.0 is one of two': custom(['TLSv1.2', 'TLSv1']),
      'ssl 3 is used': custom(['SSLv3']),
      'a vpc origin has tls 1.1': vpcOrigin({ OriginSSLProtocols: ['TLSv1.1', 'TLSv1.2'] }),
    },
    undetermined: {
      'the protocols are a parameter': {
        Parameters: { Protocols: { Type: 'CommaDelimitedList' } },
        Resources: custom({ Ref: 'Protocols' }),
      },
    },
  },
});

function mustSpeakTls12(config: Value): Observation[] {
  if (config.isAbsent || config.at('OriginProtocolPolicy').string === 'http-only') return [];
  const protocols = config.at('OriginSSLProtocols');
  if (protocols.items().length === 0) return [protocols.fails("['TLSv1.2']")];
  return protocols.items().flatMap((protocol) => protocol.mustBe('TLSv1.2'));
}
