import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** The right to write objects below a prefix of a bucket, and to have S3 encrypt them with its key. */
export function mayPut(bucket: s3.IBucket, prefix: string): iam.PolicyStatement[] {
  const { encryptionKey } = bucket;
  return [
    new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${prefix}*`)] }),
    ...(encryptionKey
      ? [
          new iam.PolicyStatement({
            // S3 decrypts the data key again for uploads in parts.
            actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
            resources: [encryptionKey.keyArn],
            conditions: { StringLike: { 'kms:ViaService': `s3.*.${Stack.of(bucket).urlSuffix}` } },
          }),
        ]
      : []),
  ];
}
