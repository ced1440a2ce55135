import { Criterion } from '../../criteria/criterion';
import type { Reading, Statement } from '../../model/policy';
import { defineRule } from '../rule';
import { bucketExposure } from '../shared/bucket-exposure';

const bucket = (properties: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });
const readers = (more: object) => ({
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: ['s3:GetObject'],
          Resource: { 'Fn::Sub': '${Bucket.Arn}/*' },
          ...more,
        },
      },
    },
  },
});

function reads(statement: Statement, reading: Reading): boolean {
  return (
    ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:ListBucketVersions'].some((action) =>
      statement.covers(action, reading),
    ) || statement.actions.some((action) => /^s3:(get|list)/i.test(action.text))
  );
}

export default defineRule({
  id: 'S3.5',
  slug: 's3-bucket-public-read',
  title: 'S3 buckets cannot be read by the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'A bucket that anyone can read or list is the most common way in which data leaks from AWS.',
  remediation:
    'Remove `publicReadAccess`, `grantPublicAccess` and public `accessControl`; name principals in the policy, or set `blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL`.',
  references: [
    'Security Hub S3.2',
    'AWS Config S3_BUCKET_PUBLIC_READ_PROHIBITED',
    'cdk-nag S3BucketPublicReadProhibited',
    'Checkov CKV_AWS_20',
  ],
  check: (bucket) => bucketExposure(bucket, ['PublicRead', 'PublicReadWrite', 'AuthenticatedRead'], reads),
  examples: {
    pass: {
      'nobody is let in': bucket({}),
      'the ACL is private': bucket({ AccessControl: 'Private' }),
      'a role is let in': { ...bucket({}), ...readers({ Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } }) },
      'everyone of the organization is let in': {
        ...bucket({}),
        ...readers({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }),
      },
      'the bucket ignores its public policy': {
        ...bucket({ PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }),
        ...readers({}),
      },
      'the bucket ignores its public ACL': bucket({
        AccessControl: 'PublicRead',
        PublicAccessBlockConfiguration: { IgnorePublicAcls: 'true' },
      }),
      'the world is denied': { ...bucket({}), ...readers({ Effect: 'Deny' }) },
    },
    fail: {
      'the ACL lets everyone read': bucket({ AccessControl: 'PublicRead' }),
      'the ACL lets every AWS account read': bucket({ AccessControl: 'AuthenticatedRead' }),
      'the policy lets everyone read': { ...bucket({}), ...readers({}) },
      'the policy lets everyone do everything': { ...bucket({}), ...readers({ Principal: { AWS: ['*'] }, Action: 's3:*' }) },
      'the policy lets all but one role read': {
        ...bucket({}),
        ...readers({ Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/App' } }),
      },
      'the condition can be met by anyone': {
        ...bucket({}),
        ...readers({ Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } }),
      },
      'only the policy, not its effect, is blocked': {
        ...bucket({ PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true } }),
        ...readers({}),
      },
    },
    undetermined: {
      'the ACL is a parameter': { Parameters: { Acl: { Type: 'String' } }, Resources: bucket({ AccessControl: { Ref: 'Acl' } }) },
      'the network that is let in is a parameter': {
        Parameters: { Network: { Type: 'String' } },
        Resources: { ...bucket({}), ...readers({ Condition: { IpAddress: { 'aws:SourceIp': { Ref: 'Network' } } } }) },
      },
    },
  },
});
