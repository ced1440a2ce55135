import type { Resource } from '../../model/resource';

/** The policies of a bucket, wherever they are declared. */
export function bucketPolicies(bucket: Resource): Resource[] {
  return bucket.pointedAtBy('AWS::S3::BucketPolicy', 'Bucket');
}
