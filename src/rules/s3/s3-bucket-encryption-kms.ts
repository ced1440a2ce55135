import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { inDoubt } from '../shared/about';
import { encryptionAlgorithm } from '../shared/bucket-encryption';
import { logSenders } from '../shared/log-senders';

const bucket = (SSEAlgorithm: Json) => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm } }] },
    },
  },
});
const balancer = (Type: string) => ({
  LoadBalancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Type, LoadBalancerAttributes: [{ Key: 'access_logs.s3.bucket', Value: { Ref: 'Bucket' } }] },
  },
});

export default defineRule({
  id: 'S3.2',
  slug: 's3-bucket-encryption-kms',
  title: 'S3 buckets encrypt new objects with a KMS key',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale:
    'With a KMS key, reading takes a second permission, every use of the key is recorded, and access can be cut off at once.',
  remediation:
    'Set `encryption: s3.BucketEncryption.KMS` and `bucketKeyEnabled: true`, or pass an `encryptionKey`; objects that are there keep their keys.',
  references: [
    'Security Hub S3.17',
    'AWS Config S3_DEFAULT_ENCRYPTION_KMS',
    'cdk-nag S3DefaultEncryptionKMS',
    'Checkov CKV_AWS_145',
  ],
  check: (bucket) => {
    const findings = encryptionAlgorithm(bucket).mustBe(['aws:kms', 'aws:kms:dsse'], {
      problem: 'new objects are not encrypted with a KMS key',
    });
    const senders = findings.length === 0 ? [] : logSenders(bucket);
    const needy = senders.filter(({ needsS3Keys }) => needsS3Keys);
    if (needy.length > 0)
      return needy.map(({ resource }) => metBy(resource, 'its logs can only be delivered to a bucket that encrypts with SSE-S3'));
    return senders.some(({ needsS3Keys }) => needsS3Keys === undefined) ? inDoubt(findings) : findings;
  },
  examples: {
    pass: {
      'objects are encrypted with a KMS key': bucket('aws:kms'),
      'objects are encrypted with two layers of KMS keys': bucket('aws:kms:dsse'),
      'an application load balancer sends its logs to the bucket': { ...bucket('AES256'), ...balancer('application') },
      'another bucket sends its access logs to the bucket': {
        ...bucket('AES256'),
        Data: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ...bucket('aws:kms').Bucket.Properties,
            LoggingConfiguration: { DestinationBucketName: { Ref: 'Bucket' } },
          },
        },
      },
    },
    fail: {
      'encryption is not mentioned': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'objects are encrypted with keys of S3': bucket('AES256'),
      'a network load balancer, which can deliver to an encrypted bucket, sends its logs': {
        ...bucket('AES256'),
        ...balancer('network'),
      },
    },
    undetermined: {
      'the algorithm is a parameter': { Parameters: { Algorithm: { Type: 'String' } }, Resources: bucket({ Ref: 'Algorithm' }) },
    },
  },
});
