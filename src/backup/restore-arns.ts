import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { RESTORED_PREFIX } from './restore-messages';

/** The ARN of something in the account and Region of a stack. */
export function arn(
  stack: Stack,
  service: string,
  resource: string,
  resourceName: string,
  arnFormat = ArnFormat.SLASH_RESOURCE_NAME,
) {
  return stack.formatArn({ service, resource, resourceName, arnFormat });
}

/** Databases that were restored. */
export function restoredInstances(stack: Stack): string {
  return arn(stack, 'rds', 'db', `${RESTORED_PREFIX}*`, ArnFormat.COLON_RESOURCE_NAME);
}

/** Instances that tests add to clusters. */
export function addedInstances(stack: Stack): string {
  return arn(stack, 'rds', 'db', `${RESTORED_PREFIX}check-*`, ArnFormat.COLON_RESOURCE_NAME);
}

/** Clusters that were restored. */
export function restoredClusters(stack: Stack): string {
  return arn(stack, 'rds', 'cluster', `${RESTORED_PREFIX}*`, ArnFormat.COLON_RESOURCE_NAME);
}

/** Tables that were restored. */
export function restoredTables(stack: Stack): string {
  return arn(stack, 'dynamodb', 'table', `${RESTORED_PREFIX}*`);
}

/** Buckets that were restored. */
export function restoredBuckets(stack: Stack): string {
  return `arn:${stack.partition}:s3:::${RESTORED_PREFIX}*`;
}

/** File systems, whose names say nothing: what may be done with them is bound to a tag. */
export function fileSystems(stack: Stack): string {
  return arn(stack, 'elasticfilesystem', 'file-system', '*');
}

/** Snapshots, which are bound to a tag as well. */
export function snapshots(stack: Stack): string {
  return stack.formatArn({ service: 'ec2', account: '', resource: 'snapshot', resourceName: '*' });
}
