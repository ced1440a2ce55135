import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const certificate = (properties: JsonObject) => ({
  Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'example.com', ...properties } },
});

export default defineRule({
  id: 'ACM.1',
  slug: 'acm-renewal-eligible',
  title: 'Certificates renew themselves',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'warning',
  resourceTypes: ['AWS::CertificateManager::Certificate'],
  applies: (certificate) => certificate.at('CertificateAuthorityArn').isAbsent,
  rationale: 'A certificate that waits for somebody to answer an e-mail expires when nobody does, and takes the service with it.',
  remediation: 'Set `validation: acm.CertificateValidation.fromDns(hostedZone)`. Changing the method replaces the certificate.',
  references: ['Comp AI acm-not-eligible-for-renewal', 'NIST 800-53 SC-12'],
  check: (certificate) =>
    certificate.at('ValidationMethod').mustBe(['DNS', 'HTTP'], { problem: 'the domain is validated by e-mail, at each renewal' }),
  examples: {
    pass: {
      'validation by dns': certificate({ ValidationMethod: 'DNS' }),
      'validation by cloudfront': certificate({ ValidationMethod: 'HTTP' }),
    },
    fail: {
      'the method is left to the default, which is e-mail': certificate({}),
      'validation by e-mail': certificate({ ValidationMethod: 'EMAIL' }),
      'validation by e-mail in one branch of a condition': {
        Parameters: { Zone: { Type: 'String' } },
        Conditions: { HasZone: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Zone' }, ''] }] } },
        Resources: certificate({ ValidationMethod: { 'Fn::If': ['HasZone', 'DNS', 'EMAIL'] } }),
      },
    },
    undetermined: {
      'the method is a parameter': {
        Parameters: { Method: { Type: 'String' } },
        Resources: certificate({ ValidationMethod: { Ref: 'Method' } }),
      },
    },
  },
});
