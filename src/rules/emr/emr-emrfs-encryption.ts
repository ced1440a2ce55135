import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { EMR_SECURITY, emrSecurity, mustEncryptEmr } from '../shared/emr-encryption';

const MODES = ['SSE-S3', 'SSE-KMS', 'CSE-KMS', 'CSE-Custom'];
const security = (EncryptionMode: Json, EnableAtRestEncryption: Json = true) =>
  emrSecurity({
    EnableAtRestEncryption,
    AtRestEncryptionConfiguration: { S3EncryptionConfiguration: { EncryptionMode } },
  });

export default defineRule({
  id: 'EMR.5',
  slug: 'emr-emrfs-encryption',
  title: 'Security configurations of EMR say how what clusters write to S3 is encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  // S3 encrypts new objects in any case: what is at stake is with whose key.
  severity: 'warning',
  resourceTypes: [EMR_SECURITY],
  rationale:
    'A cluster reads and writes the data of a whole company through EMRFS; with whose key should not be left to each bucket.',
  remediation:
    'Set `EnableAtRestEncryption` to true, and an `S3EncryptionConfiguration` with `EncryptionMode`, in the `securityConfiguration` of the `CfnSecurityConfiguration`.',
  references: ['Security Hub EMR.3', 'ElectricEye EMR.3', 'Control Tower CT.EMR.PR.1', 'Checkov CKV_AWS_171'],
  check: (configuration) =>
    mustEncryptEmr(
      configuration,
      'EnableAtRestEncryption',
      'AtRestEncryptionConfiguration.S3EncryptionConfiguration.EncryptionMode',
      MODES,
    ),
  examples: {
    pass: {
      'objects are encrypted with a KMS key': security('SSE-KMS'),
      'objects are encrypted by the cluster': security('CSE-KMS'),
    },
    fail: {
      'encryption is not mentioned': emrSecurity({ EnableInTransitEncryption: true }),
      'encryption at rest is off': security('SSE-KMS', false),
      'no mode is named': emrSecurity({ EnableAtRestEncryption: true, AtRestEncryptionConfiguration: {} }),
    },
    undetermined: { 'the mode is a parameter': byParameter((mode) => security(mode)) },
  },
});
