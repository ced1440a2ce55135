import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketDefaults } from '../defaults/bucket';

/** Options of `SecureBucket`: those of `s3.Bucket`, every one of which comes before a default. */
export interface SecureBucketProps extends s3.BucketProps {
  /**
   * Whether the bucket is deployed already, as a plain `s3.Bucket` for example. Then its encryption stays as it is: readers that the
   * app does not know lack rights to a new key.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;
}

/**
 * A bucket that nobody outside reads, encrypted with a customer-managed key, that keeps previous versions and logs accesses.
 *
 * Takes every property of `s3.Bucket` and can take its place: the logical id stays the same, and nothing that is added makes
 * CloudFormation replace a bucket that is deployed already.
 *
 * What it creates beside the bucket, once for each stack: a KMS key for data, and a bucket for access logs.
 * What it costs in kind: the key, its requests (few, through an S3 bucket key), storage of previous versions for 90 days and of
 * access logs for a year.
 *
 * @example
 * new SecureBucket(this, 'Uploads');
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class SecureBucket extends s3.Bucket {
  /**
   * @param scope where the bucket is made.
   * @param id its id in there.
   * @param props options.
   */
  constructor(scope: Construct, id: string, props: SecureBucketProps = {}) {
    const { alreadyDeployed: mayBeDeployed = false, ...own } = props;
    super(scope, id, bucketDefaults(own, { scope, id, mayBeDeployed }));
  }
}
