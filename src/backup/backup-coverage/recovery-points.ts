import {
  type BackupClient,
  paginateListRecoveryPointsByBackupVault,
  type RecoveryPointByBackupVault,
} from '@aws-sdk/client-backup';

/** How a resource is protected. */
export interface Protection {
  readonly arn: string;
  /** What AWS Backup calls its type. */
  readonly type: string;
  /** When its newest backup was made; undefined when it has none. */
  readonly latest?: Date;
}

/** Backups that can be restored. */
const USABLE = new Set(['AVAILABLE', 'COMPLETED']);

const HOUR = 3_600_000;

/**
 * The newest backup of each resource in a vault.
 *
 * One look at what came in within the objective tells of nearly all of them; only those that it does not tell of are asked for one by
 * one.
 */
export async function protectionOf(
  client: BackupClient,
  BackupVaultName: string,
  arns: readonly string[],
  { now, rpoHours }: { readonly now: Date; readonly rpoHours: number },
): Promise<Protection[]> {
  const newest = new Map<string, RecoveryPointByBackupVault>();
  const ByCreatedAfter = new Date(now.getTime() - rpoHours * HOUR);
  for await (const page of paginateListRecoveryPointsByBackupVault(
    { client, pageSize: 1000 },
    { BackupVaultName, ByCreatedAfter },
  ))
    keepNewest(newest, page.RecoveryPoints);
  for (const ByResourceArn of arns.filter((arn) => !newest.has(arn))) {
    for await (const page of paginateListRecoveryPointsByBackupVault(
      { client, pageSize: 1000 },
      { BackupVaultName, ByResourceArn },
    ))
      keepNewest(newest, page.RecoveryPoints);
  }
  return arns.map((arn) => {
    const { CreationDate: latest, ResourceType } = newest.get(arn) ?? {};
    return { arn, type: ResourceType?.split('.')[0] ?? typeOf(arn), ...(latest && { latest }) };
  });
}

function keepNewest(newest: Map<string, RecoveryPointByBackupVault>, points: readonly RecoveryPointByBackupVault[] = []): void {
  for (const point of points) {
    const { ResourceArn: arn, CreationDate: date, Status: status = '' } = point;
    if (!arn || !date || !USABLE.has(status)) continue;
    const known = newest.get(arn)?.CreationDate;
    if (!known || known < date) newest.set(arn, point);
  }
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^dynamodb:.*:table\//, 'DynamoDB'],
  [/^ec2:.*:instance\//, 'EC2'],
  [/^ec2:.*:volume\//, 'EBS'],
  [/^elasticfilesystem:/, 'EFS'],
  [/^fsx:/, 'FSx'],
  [/^rds:.*:cluster:/, 'Aurora'],
  [/^rds:.*:db:/, 'RDS'],
  [/^s3:/, 'S3'],
];

/** What a resource without a backup is, as far as its ARN tells: clusters of DocumentDB and Neptune look like those of Aurora. */
function typeOf(arn: string): string {
  const rest = arn.replace(/^arn:[^:]*:/, '');
  return TYPES.find(([pattern]) => pattern.test(rest))?.[1] ?? 'Other';
}
