import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { EMR_SECURITY, emrSecurity, mustEncryptEmr } from '../shared/emr-encryption';

const certificate = { CertificateProviderType: 'PEM', S3Object: 's3://secrets/certificates.zip' };
const security = (EnableInTransitEncryption: Json, TLSCertificateConfiguration: Json = certificate) =>
  emrSecurity({ EnableInTransitEncryption, InTransitEncryptionConfiguration: { TLSCertificateConfiguration } });

export default defineRule({
  id: 'EMR.4',
  slug: 'emr-transit-encryption',
  title: 'Security configurations of EMR encrypt what nodes send each other',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [EMR_SECURITY],
  rationale: 'A job shuffles all of its data between nodes, in plain text unless this is on.',
  remediation:
    'Set `EnableInTransitEncryption` to true, and a `TLSCertificateConfiguration`, in the `securityConfiguration` of the `CfnSecurityConfiguration`.',
  references: [
    'Security Hub EMR.4',
    'ElectricEye EMR.2',
    'Control Tower CT.EMR.PR.4',
    'cdk-nag EMREncryptionInTransit',
    'NIST 800-53 SC-8',
  ],
  check: (configuration) =>
    mustEncryptEmr(
      configuration,
      'EnableInTransitEncryption',
      'InTransitEncryptionConfiguration.TLSCertificateConfiguration.CertificateProviderType',
      ['PEM', 'Custom'],
    ),
  examples: {
    pass: {
      'traffic is encrypted': security(true),
      'the configuration is a text': {
        Security: {
          Type: EMR_SECURITY,
          Properties: {
            SecurityConfiguration: JSON.stringify({
              EncryptionConfiguration: {
                EnableInTransitEncryption: true,
                InTransitEncryptionConfiguration: { TLSCertificateConfiguration: certificate },
              },
            }),
          },
        },
      },
    },
    fail: {
      'encryption is not mentioned': { Security: { Type: EMR_SECURITY, Properties: { SecurityConfiguration: {} } } },
      'encryption is off': security(false),
      'there is no certificate': security(true, {}),
    },
    undetermined: { 'whether traffic is encrypted is a parameter': byParameter((value) => security(value)) },
  },
});
