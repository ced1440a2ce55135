import { Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { SharedKey } from '../environment/shared-key';

/** Where copies go. */
interface PatchEvidenceProps {
  readonly bucket: s3.IBucket;
  /** What the names of objects begin with; ends with a slash. */
  readonly prefix: string;
}

/**
 * Copies what Systems Manager knows of servers and patches into a bucket, as it changes: which patches are installed, which are missing,
 * and what the servers are.
 *
 * The rights are those of the documentation, which has no condition for the look at the access list of the bucket.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/inventory-create-resource-data-sync.html
 */
export class PatchEvidence extends Construct {
  constructor(scope: Construct, id: string, { bucket, prefix }: PatchEvidenceProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { encryptionKey } = bucket;
    const sync = new ssm.CfnResourceDataSync(this, 'Sync', {
      syncName: Names.uniqueResourceName(this, { maxLength: 64 }),
      syncType: 'SyncToDestination',
      s3Destination: {
        bucketName: bucket.bucketName,
        bucketPrefix: `${prefix}inventory`,
        bucketRegion: bucket.env.region,
        kmsKeyArn: encryptionKey?.keyArn,
        syncFormat: 'JsonSerDe',
      },
    });
    const origin = {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': `arn:${stack.partition}:ssm:*:${stack.account}:resource-data-sync/*` },
    };
    const principals = [new iam.ServicePrincipal('ssm.amazonaws.com')];
    const statements = [
      new iam.PolicyStatement({
        principals,
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
      }),
      new iam.PolicyStatement({
        principals,
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${prefix}inventory/*/accountid=${stack.account}/*`)],
        conditions: { ...origin, StringEquals: { ...origin.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ];
    for (const statement of statements) {
      const { policyDependable } = bucket.addToResourcePolicy(statement);
      if (policyDependable) sync.node.addDependency(policyDependable);
    }
    const use = new iam.PolicyStatement({
      principals,
      actions: ['kms:GenerateDataKey'],
      resources: ['*'],
      conditions: origin,
    });
    if (encryptionKey instanceof SharedKey) encryptionKey.letIn(use);
    else encryptionKey?.addToResourcePolicy(use);
  }
}
