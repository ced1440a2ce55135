import { type BackupClient, DescribeRestoreJobCommand } from '@aws-sdk/client-backup';
import type { CleanUp, JobCall } from '../restore-messages';

/** A bucket is emptied by a lifecycle rule, which takes days; after so long, something is wrong. */
const PATIENCE_MS = 7 * 24 * 3_600_000;

/** Ask AWS Backup whether it has deleted what it restored: minute by minute at first, then less often. */
export async function cleanUp(backup: BackupClient, { state }: JobCall, now = Date.now()): Promise<CleanUp> {
  const at = new Date(now).toISOString();
  const described = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId: state.restoreJobId }));
  const { DeletionStatus: status = 'WAITING', DeletionStatusMessage: message = '' } = described;
  if (status === 'SUCCESSFUL' || status === 'FAILED') return { done: true, wait: 1, checks: [], status, message, at };
  const waited = now - Date.parse(state.report?.endedAt ?? at);
  if (waited > PATIENCE_MS) {
    return {
      done: true,
      wait: 1,
      checks: [],
      status: 'OVERDUE',
      message: `${status} for more than 7 days. ${message}`.trim(),
      at,
    };
  }
  return { done: false, wait: waitFor(waited), checks: [], status, message, at };
}

function waitFor(waited: number): number {
  if (waited < 30 * 60_000) return 60;
  return waited < 6 * 3_600_000 ? 900 : 3_600;
}
