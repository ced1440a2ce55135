import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { encryptionAlgorithm } from '../shared/bucket-encryption';

const bucket = (properties: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });
const encryptedBy = (SSEAlgorithm: Json) =>
  bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm } }] } });

export default defineRule({
  id: 'S3.1',
  slug: 's3-bucket-encryption-default',
  title: 'S3 buckets encrypt new objects by default',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'Whoever reads the storage beneath an encrypted bucket, or a disk taken out of it, learns nothing.',
  remediation: 'Set `encryption` of the bucket to `s3.BucketEncryption.KMS` or `S3_MANAGED`.',
  references: ['AWS Config S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED', 'Checkov CKV_AWS_19', 'NIST 800-53 SC-28'],
  check: (bucket) =>
    encryptionAlgorithm(bucket).mustBe(['AES256', 'aws:kms', 'aws:kms:dsse'], {
      absent: 'S3 encrypts every new object with SSE-S3 since January 2023',
    }),
  examples: {
    pass: {
      'objects are encrypted with a KMS key': encryptedBy('aws:kms'),
      'objects are encrypted with two layers of KMS keys': encryptedBy('aws:kms:dsse'),
      'objects are encrypted with keys of S3': encryptedBy('AES256'),
      'encryption is not mentioned': bucket({}),
      'only a bucket key is mentioned': bucket({
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true }] },
      }),
    },
    fail: {
      'the algorithm is not one that S3 has': encryptedBy('none'),
      'the algorithm is not one that S3 has in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: encryptedBy({ 'Fn::If': ['IsProduction', 'aws:kms', 'aws:none'] }),
      },
    },
    undetermined: {
      'the algorithm is a parameter': {
        Parameters: { Algorithm: { Type: 'String' } },
        Resources: encryptedBy({ Ref: 'Algorithm' }),
      },
    },
  },
});
