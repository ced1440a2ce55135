import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { CollectorDescription } from '../evidence/operating/collector';
import { mayPut } from '../functions/may-put';
import { BY_CONTROL, COLLECTED } from './collection-messages';

/** What collectors say that they call, and nothing else: one statement for each kind of resource. */
export function mayCollect(
  stack: Stack,
  collectors: readonly CollectorDescription[],
  regions: readonly string[],
): iam.PolicyStatement[] {
  const byResource = new Map<string, Set<string>>();
  for (const { actions } of collectors)
    for (const [action, resource] of Object.entries(actions))
      byResource.set(resource, (byResource.get(resource) ?? new Set()).add(action));
  return [...byResource].map(
    ([resource, actions]) =>
      new iam.PolicyStatement({
        actions: [...actions].sort(),
        resources: [...new Set(regions.map((region) => arnIn(stack, region, resource)))],
      }),
  );
}

/** Write below the folders of collections, and read there again how far it got. */
export function mayKeep(bucket: s3.IBucket, prefix: string): iam.PolicyStatement[] {
  const [ownPut, ...decrypt] = mayPut(bucket, `${prefix}${COLLECTED}`);
  return [
    ownPut,
    new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${prefix}${BY_CONTROL}*`)] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${prefix}${COLLECTED}*`)] }),
    // Without it, S3 says of what is not there that it is forbidden.
    mayList(bucket, `${prefix}${COLLECTED}`),
    ...decrypt,
  ];
}

/** Read what a trail delivered. */
export function mayReadArchive(bucket: s3.IBucket, prefix: string): iam.PolicyStatement[] {
  const { encryptionKey } = bucket;
  return [
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${prefix}AWSLogs/*`)] }),
    mayList(bucket, `${prefix}AWSLogs/`),
    ...(encryptionKey ? [new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] })] : []),
  ];
}

/** Read the reports that other constructs wrote into the store. */
export function mayReadReports(bucket: s3.IBucket, collectors: readonly CollectorDescription[]): iam.PolicyStatement[] {
  const prefixes = collectors.flatMap(({ reports }) => reports ?? []);
  if (prefixes.length === 0) return [];
  const keys = prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`));
  return [
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: keys }),
    ...prefixes.map((prefix) => mayList(bucket, prefix)),
  ];
}

function mayList(bucket: s3.IBucket, prefix: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': `${prefix}*` } },
  });
}

function arnIn({ partition, account }: Stack, region: string, pattern: string): string {
  return pattern.replaceAll('${partition}', partition).replaceAll('${region}', region).replaceAll('${account}', account);
}
