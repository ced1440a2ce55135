import { Criterion } from '../../criteria/criterion';
import type { Reading, Statement } from '../../model/policy';
import { defineRule } from '../rule';
import { bucketExposure } from '../shared/bucket-exposure';

const bucket = (properties: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });
const writers = (more: object) => ({
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: { 'Fn::Sub': '${Bucket.Arn}/*' }, ...more },
        ],
      },
    },
  },
});

/** Everything that changes objects, or the settings of the bucket. */
function writes(statement: Statement, reading: Reading): boolean {
  return (
    ['s3:PutObject', 's3:DeleteObject', 's3:PutObjectAcl', 's3:PutBucketPolicy'].some((action) =>
      statement.covers(action, reading),
    ) ||
    statement.actions.some((action) => /^s3:(abort|bypass|create|delete|objectowner|put|replicate|restore)/i.test(action.text))
  );
}

export default defineRule({
  id: 'S3.6',
  slug: 's3-bucket-public-write',
  title: 'S3 buckets cannot be written by the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale:
    'Whoever can write can replace data, plant malware, or delete what is there, and no record in the bucket can be trusted.',
  remediation:
    'Remove the public `accessControl` and statements for `*`; name principals in the policy, or set `blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL`.',
  references: [
    'Security Hub S3.3',
    'AWS Config S3_BUCKET_PUBLIC_WRITE_PROHIBITED',
    'cdk-nag S3BucketPublicWriteProhibited',
    'Checkov CKV_AWS_57',
  ],
  check: (bucket) => bucketExposure(bucket, ['PublicReadWrite'], writes),
  examples: {
    pass: {
      'nobody is let in': bucket({}),
      'the ACL lets everyone read only': bucket({ AccessControl: 'PublicRead' }),
      'the policy lets everyone read only': { ...bucket({}), ...writers({ Action: ['s3:GetObject', 's3:ListBucket'] }) },
      'a service is let in': { ...bucket({}), ...writers({ Principal: { Service: 'logging.s3.amazonaws.com' } }) },
      'the bucket ignores its public policy': {
        ...bucket({ PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }),
        ...writers({}),
      },
    },
    fail: {
      'the ACL lets everyone write': bucket({ AccessControl: 'PublicReadWrite' }),
      'the policy lets everyone put objects': { ...bucket({}), ...writers({}) },
      'the policy lets everyone delete versions': {
        ...bucket({}),
        ...writers({ Principal: { AWS: '*' }, Action: ['s3:GetObject', 's3:DeleteObjectVersion'] }),
      },
      'the policy lets everyone do all but one thing': {
        ...bucket({}),
        ...writers({ Action: undefined, NotAction: 's3:GetObject' }),
      },
      'the ACL is public in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: bucket({ AccessControl: { 'Fn::If': ['IsProduction', 'Private', 'PublicReadWrite'] } }),
      },
    },
    undetermined: {
      'whether the policy has an effect is a parameter': {
        Parameters: { Restrict: { Type: 'String' } },
        Resources: {
          ...bucket({ PublicAccessBlockConfiguration: { RestrictPublicBuckets: { Ref: 'Restrict' } } }),
          ...writers({}),
        },
      },
    },
  },
});
