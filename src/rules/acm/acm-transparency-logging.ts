import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const certificate = (properties: JsonObject) => ({
  Certificate: { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'example.com', ...properties } },
});

const logged = (CertificateTransparencyLoggingPreference: Json) => certificate({ CertificateTransparencyLoggingPreference });

export default defineRule({
  id: 'ACM.2',
  slug: 'acm-transparency-logging',
  title: 'Certificates are written to the public transparency logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: ['AWS::CertificateManager::Certificate'],
  applies: (certificate) => certificate.at('CertificateAuthorityArn').isAbsent,
  rationale:
    'The logs show certificates that somebody else obtained for the domain, and browsers distrust those that are not logged.',
  remediation: 'Remove `transparencyLoggingEnabled: false` from the certificate.',
  references: ['ElectricEye ACM.3', 'checkov CKV_AWS_234'],
  check: (certificate) =>
    certificate.at('CertificateTransparencyLoggingPreference').mustBe('ENABLED', {
      absent: 'ACM logs a public certificate unless the template opts out',
    }),
  examples: {
    pass: {
      'logging is not mentioned': certificate({}),
      'logging is on': logged('ENABLED'),
    },
    fail: { 'logging is off': logged('DISABLED'), 'only production logs': byStage(logged, 'ENABLED', 'DISABLED') },
    undetermined: { 'logging is a parameter': byParameter(logged) },
  },
});
