import type { DescribeRestoreJobOutput } from '@aws-sdk/client-backup';
import type { RestoreJob } from '../restore-messages';

/** A restore as AWS Backup describes it. */
export function readJob(id: string, job: DescribeRestoreJobOutput): RestoreJob {
  return {
    id,
    kind: kindOf(job.ResourceType ?? 'unknown'),
    source: job.SourceResourceArn ?? 'unknown',
    recoveryPoint: job.RecoveryPointArn ?? 'unknown',
    // Some restores are described without their start; that they were found is the next best.
    startedAt: (job.CreationDate ?? job.CompletionDate ?? new Date()).toISOString(),
    status: job.Status ?? 'unknown',
    ...(job.CreatedResourceArn && { created: job.CreatedResourceArn }),
    ...(job.RecoveryPointCreationDate && { recoveryPointAt: job.RecoveryPointCreationDate.toISOString() }),
    ...(job.CompletionDate && { completedAt: job.CompletionDate.toISOString() }),
    ...(job.BackupSizeInBytes !== undefined && { bytes: job.BackupSizeInBytes }),
    ...(job.StatusMessage && { statusMessage: job.StatusMessage }),
    ...(job.IamRoleArn && { by: job.IamRoleArn }),
  };
}

/** `DynamoDB.FullyManaged` is a DynamoDB. */
export function kindOf(resourceType: string): string {
  return resourceType.split('.')[0];
}
