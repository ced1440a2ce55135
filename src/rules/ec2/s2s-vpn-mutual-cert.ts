import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const gateway = (properties: JsonObject) => ({
  Office: { Type: 'AWS::EC2::CustomerGateway', Properties: { Type: 'ipsec.1', BgpAsn: 65000, ...properties } },
});

export default defineRule({
  id: 'EC2.37',
  slug: 's2s-vpn-mutual-cert',
  title: 'The other end of a VPN proves itself by a certificate',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'strong-authentication',
  severity: 'info',
  resourceTypes: ['AWS::EC2::CustomerGateway'],
  rationale: 'A shared key can be copied from a router and is rarely changed; a certificate runs out and can be revoked.',
  remediation:
    'Set `certificateArn` of the `ec2.CfnCustomerGateway` to a certificate of AWS Private CA; the gateway is replaced by that change.',
  references: ['ElectricEye S2SVPN.2', 'NIST 800-53 IA-3'],
  check: (each) => each.at('CertificateArn').mustBeSet('a certificate'),
  examples: {
    pass: { 'it has a certificate': gateway({ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }) },
    fail: { 'it has a shared key': gateway({ IpAddress: '203.0.113.7' }), 'the arn is empty': gateway({ CertificateArn: '' }) },
    undetermined: {
      'the certificate is a parameter': {
        Parameters: { Arn: { Type: 'String' } },
        Resources: gateway({ CertificateArn: { Ref: 'Arn' } }),
      },
    },
  },
});
