import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { bucketExposure } from '../shared/bucket-exposure';
import { byTrailBucket } from '../shared/trail-bucket';

const PUBLIC_ACLS = ['PublicRead', 'PublicReadWrite', 'AuthenticatedRead'];

const trail = (bucket: JsonObject, name: Json = { Ref: 'Logs' }) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: name, IsLogging: true } },
  Logs: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'trail-logs', ...bucket } },
});
const policy = (statement: JsonObject) => ({
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Logs' },
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }] },
    },
  },
});

export default defineRule({
  id: 'CloudTrail.13',
  slug: 'cloudtrail-bucket-not-public',
  title: 'The bucket that receives trail logs is not public',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'log-protection',
  severity: 'error',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'The trail names every user, role and resource of the account: to an attacker it is a map.',
  remediation:
    'Remove public statements and `accessControl` from the bucket, and set `blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL`.',
  references: ['Security Hub CloudTrail.6', 'AWS Config CLOUDTRAIL_S3_BUCKET_PUBLIC_ACCESS_PROHIBITED', 'NIST 800-53 AU-9'],
  check: (trail) =>
    byTrailBucket(trail, 'a bucket that is not public', (bucket) => {
      const exposure = bucketExposure(bucket, PUBLIC_ACLS, () => true);
      return exposure.length > 0 ? exposure : [metBy(bucket, 'nothing lets the world into the bucket of the trail')];
    }),
  examples: {
    pass: {
      'nobody is let in': trail({}),
      'the trail is let in': {
        ...trail({}),
        ...policy({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' }),
      },
      'the bucket ignores its public policy': {
        ...trail({ PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }),
        ...policy({ Principal: '*' }),
      },
    },
    fail: {
      'the policy lets everyone in': { ...trail({}), ...policy({ Principal: '*' }) },
      'the ACL lets everyone in': trail({ AccessControl: 'PublicRead' }),
      'the bucket is given by its name, and its ACL lets everyone in': trail({ AccessControl: 'PublicReadWrite' }, 'trail-logs'),
    },
    undetermined: {
      'the bucket belongs to another account': trail({}, 'organization-trail-logs'),
      'the ACL is a parameter': {
        Parameters: { Acl: { Type: 'String' } },
        Resources: trail({ AccessControl: { Ref: 'Acl' } }),
      },
    },
  },
});
