import {
  BackupClient,
  ListBackupJobsCommand,
  ListBackupVaultsCommand,
  ListCopyJobsCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListRestoreJobsCommand,
  ListRestoreTestingPlansCommand,
  ListScanJobsCommand,
} from '@aws-sdk/client-backup';
import { everyPage } from '../../../functions/every-page';
import { collectParts } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { listing } from '../listing';
import { BACKUPS } from './about';

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html */
const JOBS_KEPT_DAYS = 30;

const created = ({ period: { from, to } }: CollectContext) => ({ ByCreatedAfter: from, ByCreatedBefore: to });

async function* vaultNames(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(BackupClient);
  const ask = (NextToken?: string) => client.send(new ListBackupVaultsCommand({ NextToken }));
  for await (const { BackupVaultList = [] } of everyPage(ask, (answer) => answer.NextToken))
    for (const { BackupVaultName } of BackupVaultList) yield BackupVaultName!;
}

export const backups: Collector = {
  ...BACKUPS,
  collect: collectParts([
    listing({
      id: 'backup-jobs',
      title: 'Backup jobs, with what each backed up and how it ended',
      covers: 'period',
      controls: ['data-backup', 'backup-monitoring'],
      api: 'backup:ListBackupJobs',
      client: BackupClient,
      input: created,
      send: (client, input) => client.send(new ListBackupJobsCommand(input)),
      token: 'NextToken',
      items: ({ BackupJobs }) => BackupJobs,
      rowId: ({ BackupJobId }) => BackupJobId,
      keptDays: JOBS_KEPT_DAYS,
    }),
    listing({
      id: 'copy-jobs',
      title: 'Copies of backups to other vaults, Regions and accounts',
      covers: 'period',
      controls: ['backup-protection', 'disaster-recovery'],
      api: 'backup:ListCopyJobs',
      client: BackupClient,
      input: created,
      send: (client, input) => client.send(new ListCopyJobsCommand(input)),
      token: 'NextToken',
      items: ({ CopyJobs }) => CopyJobs,
      rowId: ({ CopyJobId }) => CopyJobId,
      keptDays: JOBS_KEPT_DAYS,
    }),
    listing({
      id: 'restore-jobs',
      title: 'Restores, with the result of their validation where a test made them',
      covers: 'period',
      controls: ['restore-testing', 'data-recovery'],
      api: 'backup:ListRestoreJobs',
      client: BackupClient,
      input: created,
      send: (client, input) => client.send(new ListRestoreJobsCommand(input)),
      token: 'NextToken',
      items: ({ RestoreJobs }) => RestoreJobs,
      rowId: ({ RestoreJobId }) => RestoreJobId,
      also: ({ CreationDate, CompletionDate }) => ({ restoreMinutes: minutes(CreationDate, CompletionDate) }),
      keptDays: JOBS_KEPT_DAYS,
    }),
    listing({
      id: 'scan-jobs',
      title: 'Scans of backups for malware',
      covers: 'period',
      controls: ['malware-protection', 'backup-protection'],
      api: 'backup:ListScanJobs',
      client: BackupClient,
      input: ({ period: { from, to } }) => ({ ByCompleteAfter: from, ByCompleteBefore: to }),
      send: (client, input) => client.send(new ListScanJobsCommand(input)),
      token: 'NextToken',
      items: ({ ScanJobs }) => ScanJobs,
      rowId: ({ ScanJobId }) => ScanJobId,
    }),
    listing({
      id: 'vaults',
      title: 'Backup vaults, with their keys, locks and retention',
      covers: 'moment',
      controls: ['backup-protection', 'encryption-at-rest'],
      api: 'backup:ListBackupVaults',
      client: BackupClient,
      input: () => ({}),
      send: (client, input) => client.send(new ListBackupVaultsCommand(input)),
      token: 'NextToken',
      items: ({ BackupVaultList }) => BackupVaultList,
      rowId: ({ BackupVaultArn }) => BackupVaultArn,
    }),
    listing({
      id: 'recovery-points',
      title: 'Recovery points that were made in the period and are kept still, by vault',
      covers: 'period',
      controls: ['data-backup', 'backup-protection', 'data-retention'],
      api: 'backup:ListRecoveryPointsByBackupVault',
      client: BackupClient,
      of: { each: 'each vault', apis: ['backup:ListBackupVaults'], find: vaultNames },
      input: (context, BackupVaultName) => ({ BackupVaultName, ...created(context) }),
      send: (client, input) => client.send(new ListRecoveryPointsByBackupVaultCommand(input)),
      token: 'NextToken',
      items: ({ RecoveryPoints }) => RecoveryPoints,
      // A recovery point that was copied may have the same name in both vaults.
      rowId: ({ RecoveryPointArn }, vault) => `${vault} ${RecoveryPointArn}`,
    }),
    listing({
      id: 'protected-resources',
      title: 'Resources that have a recovery point, with when the last was made',
      covers: 'moment',
      controls: ['data-backup'],
      api: 'backup:ListProtectedResources',
      client: BackupClient,
      input: () => ({}),
      send: (client, input) => client.send(new ListProtectedResourcesCommand(input)),
      token: 'NextToken',
      items: ({ Results }) => Results,
      rowId: ({ ResourceArn }) => ResourceArn,
    }),
    listing({
      id: 'restore-testing-plans',
      title: 'Plans that restore backups to test them, with when each ran last',
      covers: 'moment',
      controls: ['restore-testing'],
      api: 'backup:ListRestoreTestingPlans',
      client: BackupClient,
      input: () => ({}),
      send: (client, input) => client.send(new ListRestoreTestingPlansCommand(input)),
      token: 'NextToken',
      items: ({ RestoreTestingPlans }) => RestoreTestingPlans,
      rowId: ({ RestoreTestingPlanArn }) => RestoreTestingPlanArn,
    }),
  ]),
};

function minutes(start: Date | undefined, end: Date | undefined): number | null {
  return start && end ? Math.round(Math.max(0, end.getTime() - start.getTime()) / 6_000) / 10 : null;
}
