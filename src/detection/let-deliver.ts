import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';

/** A service that writes what it finds to a bucket. */
interface Delivery {
  /** For example `guardduty.amazonaws.com`. */
  readonly service: string;
  /** What it writes for: ARNs of detectors, for one, in the account of the stack. */
  readonly sources: readonly string[];
  readonly bucket: s3.IBucket;
  /** What the objects are encrypted with; that of the bucket where none is given. */
  readonly key?: kms.IKey;
  readonly keyActions: readonly string[];
}

/** Let a service write to a bucket, for this account only; returns the key, and what has to be there before it writes. */
export function letDeliver(scope: Construct, { service, sources, bucket, key = bucket.encryptionKey, keyActions }: Delivery) {
  if (key === undefined) {
    throw new Error(
      `The key that ${service} encrypts what it writes to '${bucket.node.path}' with must be given, got none: ` +
        'it encrypts with a KMS key only. Name one, or use a bucket that has one',
    );
  }
  const common = {
    principals: [new iam.ServicePrincipal(service)],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      ArnLike: { 'aws:SourceArn': sources },
    },
  };
  const onBucket = [
    new iam.PolicyStatement({ ...common, actions: ['s3:GetBucketLocation'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ ...common, actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] }),
  ].map((statement) => bucket.addToResourcePolicy(statement));
  const onKey = key.addToResourcePolicy(new iam.PolicyStatement({ ...common, actions: [...keyActions], resources: ['*'] }));
  if ([...onBucket, onKey].some(({ statementAdded }) => !statementAdded)) {
    Annotations.of(scope).addWarningV2(
      'cdk-soc2:delivery-policy',
      `The policy of the bucket '${bucket.node.path}', or of its key, is not in this app: let ${service} write there, or nothing is delivered`,
    );
  }
  const before: IDependable[] = [key, ...onBucket.flatMap(({ policyDependable }) => policyDependable ?? [])];
  return { key, before };
}
