import { createHash } from 'node:crypto';
import type { Check, CleanUp, Report, RestoreJob, Settings, State } from '../restore-messages';
import { allChecks } from '../restore-shared/outcome';
import { nameIn } from '../restore-shared/steps';

/** A target that was declared, and what was observed. */
export interface Objective {
  readonly declaredSeconds: number;
  readonly observedSeconds?: number;
  readonly met: boolean;
}

/** The record of one restore test. */
export interface Ticket {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly result: 'PASSED' | 'FAILED' | 'NOT RESTORED';
  readonly message: string;
  readonly resource: { readonly arn: string; readonly name: string; readonly type: string; readonly restoredAs?: string };
  readonly recoveryPoint: {
    readonly arn: string;
    readonly createdAt?: string;
    readonly ageSeconds?: number;
    /** What a scan for malware found, or that there was none. */
    readonly malwareScan?: string;
  };
  readonly restore: {
    readonly startedAt: string;
    readonly completedAt?: string;
    readonly seconds?: number;
    readonly bytes?: number;
    readonly status: string;
    readonly message?: string;
    readonly role?: string;
  };
  readonly validation: { readonly endedAt: string; readonly usableSeconds: number; readonly reportedToAwsBackup: boolean };
  readonly checks: readonly Check[];
  readonly objectives: { readonly rpo: Objective; readonly rto: Objective };
  readonly cleanUp: Pick<CleanUp, 'status' | 'message' | 'at'>;
  readonly startedBy: { readonly plan: string; readonly execution: string };
  /** SHA-256 of the ticket without this line, as `JSON.stringify` writes it. */
  readonly sha256: string;
}

/** What a ticket is written from. */
export interface TicketCall {
  readonly settings: Settings;
  readonly state: State;
  /** The ARN of the execution. */
  readonly execution: string;
}

/** Write down what is known of a test. */
export function makeTicket({ settings, state, execution }: TicketCall, now = new Date()): Ticket {
  const report = state.report ?? unreported(state, now);
  const job = report.job ?? state.test?.job ?? unknownJob(state, now);
  const ageSeconds = seconds(job.recoveryPointAt, job.startedAt);
  const usableSeconds = seconds(job.startedAt, report.endedAt) ?? 0;
  const isRestored = report.result !== 'NOT_RESTORED';
  const ticket: Omit<Ticket, 'sha256'> = {
    schemaVersion: 1,
    id: job.id,
    result: resultOf(report),
    message: report.message,
    resource: { arn: job.source, name: nameIn(job.source), type: job.kind, ...(job.created && { restoredAs: job.created }) },
    recoveryPoint: {
      arn: job.recoveryPoint,
      ...(job.recoveryPointAt && { createdAt: job.recoveryPointAt }),
      ...(ageSeconds !== undefined && { ageSeconds }),
      ...(state.test?.recoveryPoint && { malwareScan: state.test.recoveryPoint.malwareScan }),
    },
    restore: restoreOf(job),
    validation: { endedAt: report.endedAt, usableSeconds, reportedToAwsBackup: report.reported },
    checks: isRestored ? allChecks(state) : [],
    objectives: {
      rpo: objective(settings.rpoSeconds, ageSeconds),
      rto: objective(settings.rtoSeconds, isRestored ? usableSeconds : undefined),
    },
    cleanUp: cleanUpOf(state, job, now),
    startedBy: { plan: settings.planArn, execution },
  };
  return { ...ticket, sha256: digestOf(ticket) };
}

/** The digest of a ticket, which anybody can compute again. */
export function digestOf({ sha256: _, ...ticket }: Omit<Ticket, 'sha256'> & { readonly sha256?: string }): string {
  return createHash('sha256').update(JSON.stringify(ticket)).digest('hex');
}

function restoreOf({ startedAt, completedAt, bytes, status, statusMessage, by }: RestoreJob): Ticket['restore'] {
  const took = seconds(startedAt, completedAt);
  return {
    startedAt,
    ...(completedAt && { completedAt }),
    ...(took !== undefined && { seconds: took }),
    ...(bytes !== undefined && { bytes }),
    status,
    ...(statusMessage && { message: statusMessage }),
    ...(by && { role: by }),
  };
}

function resultOf({ result }: Report): Ticket['result'] {
  if (result === 'NOT_RESTORED') return 'NOT RESTORED';
  return result === 'SUCCESSFUL' ? 'PASSED' : 'FAILED';
}

function objective(declaredSeconds: number, observedSeconds?: number): Objective {
  return {
    declaredSeconds,
    ...(observedSeconds !== undefined && { observedSeconds }),
    met: observedSeconds !== undefined && observedSeconds <= declaredSeconds,
  };
}

function cleanUpOf({ cleanUp }: State, job: RestoreJob, now: Date): Ticket['cleanUp'] {
  if (cleanUp) return { status: cleanUp.status, message: cleanUp.message, at: cleanUp.at };
  const isOurs = job.kind !== 'SelfHosted' && job.created !== undefined;
  return { status: isOurs ? 'WAITING' : 'NOT NEEDED', message: '', at: now.toISOString() };
}

/** There was no answer of AWS Backup: the test has failed, and its restore may not have been found. */
function unreported({ test, reportError }: State, now: Date): Report {
  const notRestored = test?.verdict === 'not restored';
  const message = notRestored
    ? `The restore is ${test.job?.status}`
    : `The result could not be reported: ${reportError?.Error ?? 'the reason is not known'}`;
  return { result: notRestored ? 'NOT_RESTORED' : 'FAILED', message, endedAt: now.toISOString(), reported: false };
}

function unknownJob({ restoreJobId, selfHosted }: State, now: Date): RestoreJob {
  const id = restoreJobId ?? selfHosted ?? 'unknown';
  return { id, kind: 'unknown', source: 'unknown', recoveryPoint: 'unknown', startedAt: now.toISOString(), status: 'unknown' };
}

function seconds(from?: string, to?: string): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.round((Date.parse(to) - Date.parse(from)) / 1_000);
}
