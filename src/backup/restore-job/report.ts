import {
  type BackupClient,
  DescribeRestoreJobCommand,
  type DescribeRestoreJobOutput,
  PutRestoreValidationResultCommand,
} from '@aws-sdk/client-backup';
import type { Check, JobCall, Report, RestoreJob, State } from '../restore-messages';
import { readJob } from '../restore-shared/job';
import { allChecks, hookReport } from '../restore-shared/outcome';

/** Characters of a message that AWS Backup is given. */
const MOST_CHARACTERS = 400;

/**
 * Tell AWS Backup the result, once.
 *
 * It takes a result once, so what it has is looked at before: a try whose answer got lost, or an execution that took over, does not
 * report again.
 */
export async function report(backup: BackupClient, { settings, state }: JobCall): Promise<Report> {
  const own = judge(state);
  const endedAt = new Date().toISOString();
  if (state.selfHosted !== undefined) return { ...own, endedAt, reported: false, job: ofHook(state) };
  const RestoreJobId = state.restoreJobId!;
  const described = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
  if (described.CreatedBy?.RestoreTestingPlanArn !== settings.planArn) {
    return { result: 'FOREIGN', message: 'The restore is not one of the plan', endedAt, reported: false };
  }
  const job = readJob(RestoreJobId, described);
  if (job.status !== 'COMPLETED') {
    return { result: 'NOT_RESTORED', message: `The restore is ${job.status}`, endedAt, reported: false, job };
  }
  const known = knownResult(described);
  // What takes over has seen less than the execution before it, whose result this is. Else somebody else said that all is well.
  if (known?.result === 'SUCCESSFUL' && own.result === 'FAILED' && state.ended === undefined) {
    const message = `${own.message}. AWS Backup was told before, and not by this test, that it passed`;
    return { result: 'FAILED', message, endedAt, reported: false, job };
  }
  if (known) return { ...known, endedAt, reported: true, job };
  const ValidationStatusMessage = own.message.slice(0, MOST_CHARACTERS);
  await backup.send(
    new PutRestoreValidationResultCommand({ RestoreJobId, ValidationStatus: own.result, ValidationStatusMessage }),
  );
  return { ...own, endedAt, reported: true, job };
}

/** Every check passed, there was one, and nothing went wrong in between. */
function judge(state: State): { readonly result: 'SUCCESSFUL' | 'FAILED'; readonly message: string } {
  const checks = allChecks(state);
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length > 0)
    return { result: 'FAILED', message: `${failed.length} of ${checks.length} checks failed: ${names(failed)}` };
  return { result: 'SUCCESSFUL', message: `${checks.length} checks passed` };
}

function names(checks: readonly Check[]): string {
  return checks.map(({ name }) => name).join('; ');
}

function knownResult({ ValidationStatus: status, ValidationStatusMessage: message = '' }: DescribeRestoreJobOutput) {
  if (status === 'SUCCESSFUL') return { result: status, message };
  if (status === 'FAILED' || status === 'TIMED_OUT') return { result: 'FAILED' as const, message: message || status };
  return undefined;
}

function ofHook(state: State): RestoreJob | undefined {
  const { job } = state.test ?? {};
  const { recoveryPoint, recoveryPointAt, startedAt, completedAt, bytes } = hookReport(state.hook) ?? {};
  if (!job) return undefined;
  return {
    ...job,
    ...(recoveryPoint && { recoveryPoint }),
    ...(recoveryPointAt && { recoveryPointAt }),
    ...(startedAt && { startedAt }),
    completedAt: completedAt ?? new Date().toISOString(),
    ...(bytes !== undefined && { bytes }),
  };
}
