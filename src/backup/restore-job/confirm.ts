import { type BackupClient, DescribeRestoreJobCommand } from '@aws-sdk/client-backup';
import { type Confirmed, type JobCall, NO_HOOK, type RestoreJob, type Target } from '../restore-messages';
import { readJob } from '../restore-shared/job';
import { describeRecoveryPoint } from './recovery-point';

/** The part of the validation window that is left for removing what a test made, and for the report. */
const RESERVE_MS = 30 * 60_000;

/** Ask AWS Backup whose restore it is, and find out what is expected of it. The event alone is not believed. */
export async function confirm(backup: BackupClient, { settings, targets, state }: JobCall): Promise<Confirmed> {
  if (state.selfHosted !== undefined) return selfHosted(state.selfHosted, settings, targets, state.ended !== undefined);
  const described = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId: state.restoreJobId }));
  if (described.CreatedBy?.RestoreTestingPlanArn !== settings.planArn) return { verdict: 'foreign' };
  const job = readJob(state.restoreJobId!, described);
  const windowEnds = Date.parse(job.completedAt ?? job.startedAt) + settings.validationHours * 3_600_000;
  return {
    verdict: verdictOf(job, state.ended !== undefined),
    job,
    target: targetOf(job, targets),
    recoveryPoint: await describeRecoveryPoint(backup, described),
    settings,
    deadline: new Date(windowEnds - RESERVE_MS).toISOString(),
  };
}

function verdictOf({ status }: RestoreJob, isInterrupted: boolean): Confirmed['verdict'] {
  if (status !== 'COMPLETED') return 'not restored';
  return isInterrupted ? 'interrupted' : 'validate';
}

/** What is said of the resource itself comes before what is said of every resource of its kind. */
function targetOf(job: RestoreJob, targets: readonly Target[]): Target {
  const ofKind = targets.filter(({ kind }) => kind === job.kind);
  const found = ofKind.find(({ source }) => source === job.source) ?? ofKind.find(({ source }) => source === undefined);
  return found ?? { kind: job.kind as Target['kind'], expect: {}, hook: NO_HOOK, isUnknown: true };
}

function selfHosted(name: string, settings: JobCall['settings'], targets: readonly Target[], isInterrupted: boolean): Confirmed {
  const target = targets.find(({ kind, source }) => kind === 'SelfHosted' && source === name);
  if (target === undefined) throw new Error(`'${name}' is no self-hosted database of this plan`);
  const startedAt = new Date().toISOString();
  return {
    verdict: isInterrupted ? 'interrupted' : 'validate',
    job: {
      id: `${name}-${startedAt.replace(/\D/g, '')}`,
      kind: 'SelfHosted',
      source: name,
      recoveryPoint: 'unknown',
      startedAt,
      status: 'COMPLETED',
    },
    target,
    settings,
    deadline: new Date(Date.parse(startedAt) + settings.validationHours * 3_600_000).toISOString(),
  };
}
