import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { EMR_SECURITY, emrSecurity, mustEncryptEmr } from '../shared/emr-encryption';

const security = (EncryptionKeyProviderType: Json, EnableAtRestEncryption: Json = true) =>
  emrSecurity({
    EnableAtRestEncryption,
    AtRestEncryptionConfiguration: {
      LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType, EnableEbsEncryption: true, AwsKmsKey: 'alias/emr' },
    },
  });

export default defineRule({
  id: 'EMR.6',
  slug: 'emr-ebs-encryption',
  title: 'Security configurations of EMR encrypt the disks of nodes',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: [EMR_SECURITY],
  rationale: 'What does not fit in memory is spilled to the disks of nodes, where it stays until they are replaced.',
  remediation:
    'Set `EnableAtRestEncryption` to true, and a `LocalDiskEncryptionConfiguration` with `EncryptionKeyProviderType: "AwsKms"` and `EnableEbsEncryption: true`, in the `securityConfiguration` of the `CfnSecurityConfiguration`.',
  references: [
    'Security Hub EMR.3',
    'ElectricEye EMR.4',
    'Control Tower CT.EMR.PR.3',
    'cdk-nag EMRLocalDiskEncryption',
    'Checkov CKV_AWS_349',
  ],
  check: (configuration) =>
    mustEncryptEmr(
      configuration,
      'EnableAtRestEncryption',
      'AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.EncryptionKeyProviderType',
      ['AwsKms', 'Custom'],
    ),
  examples: {
    pass: { 'disks are encrypted with a KMS key': security('AwsKms'), 'disks are encrypted by a provider': security('Custom') },
    fail: {
      'encryption is not mentioned': emrSecurity({ EnableInTransitEncryption: true }),
      'encryption at rest is off': security('AwsKms', false),
      'only objects are encrypted': emrSecurity({
        EnableAtRestEncryption: true,
        AtRestEncryptionConfiguration: { S3EncryptionConfiguration: { EncryptionMode: 'SSE-S3' } },
      }),
    },
    undetermined: { 'who gives the key is a parameter': byParameter((value) => security(value)) },
  },
});
