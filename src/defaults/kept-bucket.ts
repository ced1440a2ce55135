import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accessLogsBucket } from './bucket';

/** Days after which what is kept for audits moves to a storage that is cheaper to keep and dearer to read. */
const COLD_AFTER = 90;

/** What is particular to a bucket that is kept for audits. */
export interface KeptBucketOptions {
  readonly encryptionKey: kms.IKey;
  /** How long each version of an object is kept. */
  readonly retention: Duration;
  /** Whether objects are locked for as long; not at all when not given. */
  readonly lock?: s3.ObjectLockRetention;
}

/** A bucket whose objects stay for as long as auditors may ask for them, and which nobody empties before. */
export function keptBucket(scope: Construct, id: string, { encryptionKey, retention, lock }: KeptBucketOptions): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    ...(lock && { objectLockEnabled: true, objectLockDefaultRetention: lock }),
    encryption: s3.BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    serverAccessLogsBucket: accessLogsBucket(scope),
    serverAccessLogsPrefix: `${scope.node.path}/${id}/`,
    lifecycleRules: [
      {
        transitions: [{ storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(COLD_AFTER) }],
        expiration: retention,
        // Whoever writes over an object does not thereby delete it.
        noncurrentVersionExpiration: retention,
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'NobodyDeletes',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    }),
  );
  return bucket;
}
