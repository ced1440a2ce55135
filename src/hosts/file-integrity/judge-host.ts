import { type HostState, STATES } from '../file-integrity-settings';
import { type Activity, activityOn } from './activity';
import { compareStates, type FileChange, fingerprintOf } from './compare-states';
import type { Held, Sent } from './host-objects';
import type { HostRecord, Judged } from './host-record';
import { type HostFiles, readState, UnreadableState } from './read-state';
import type { Surroundings } from './surroundings';
import { tell } from './tell';

/** What is found of a state. */
interface Finding {
  readonly state: HostState;
  readonly problem?: string;
  readonly changes?: readonly FileChange[];
  readonly notCompared?: readonly string[];
  readonly files?: HostFiles;
}

/** Judge everything that a host sent since the last time, oldest first. */
export async function judgeHost(host: string, surroundings: Surroundings): Promise<void> {
  const { objects, records } = surroundings;
  const { record } = await records.read(host);
  for (const sent of await objects.sentBy(host)) {
    if (record.last !== undefined && sent.at + sent.key <= record.last.at + record.last.key) continue;
    if (!objects.isOwn(sent, host)) await refuse(host, sent, surroundings);
    else await judge(host, sent, surroundings);
  }
}

/** Somebody who controls another host tried to speak for this one: it is told once, and changes nothing that is known of this host. */
async function refuse(host: string, sent: Sent, surroundings: Surroundings): Promise<void> {
  const { objects, records } = surroundings;
  const { record, revision } = await records.read(host);
  if (record.foreign?.includes(sent.key)) return;
  const problem = `'${sent.key}' is about ${host} and was sent by another identity`;
  await tell(surroundings, {
    host,
    state: STATES.foreign,
    at: sent.at,
    id: sent.key,
    problem,
    report: objects.address(sent.key),
  });
  await records.write(host, { ...record, foreign: [sent.key, ...(record.foreign ?? [])].slice(0, 20) }, revision);
}

async function judge(host: string, sent: Sent, surroundings: Surroundings): Promise<void> {
  const { objects, records, ssm, windows, account, region } = surroundings;
  const { record, revision } = await records.read(host);
  const held = await objects.read(sent.key);
  if (held === undefined) return;
  const found = await findingOf(host, sent, held, record, surroundings);
  const since = record.last?.at ?? record.baseline?.since ?? sent.at;
  const fingerprint = found.changes && found.changes.length > 0 ? fingerprintOf(found.changes) : undefined;
  const isNews = found.state !== STATES.unchanged && (found.state !== STATES.changed || record.last?.fingerprint !== fingerprint);
  const activity = isNews ? await activityOn(ssm, host, windows, since, sent.at) : undefined;
  const state = isPlanned(found.state, fingerprint, record, activity) ? STATES.planned : found.state;

  const last: Omit<Judged, 'report'> = {
    key: sent.key,
    version: held.version,
    etag: held.etag,
    sha256: held.sha256,
    at: sent.at,
    state,
    fingerprint,
  };
  const report = await objects.report(`${account}/${region}/${host}/${sent.at.replaceAll(':', '')}`, {
    schemaVersion: 1,
    subject: 'integrity of the files of a host',
    account,
    region,
    host,
    state,
    problem: found.problem,
    checked: sent.at,
    judged: surroundings.now().toISOString(),
    files: found.files?.entries.size,
    changes: found.changes,
    notCompared: found.notCompared,
    baseline: record.baseline,
    source: { object: objects.address(sent.key), version: held.version, sha256: held.sha256 },
    activity,
    saidByHost: found.files && {
      ...found.files.context,
      packageOfAideDiffers: found.files.verification,
      signedIn: found.files.logins,
    },
  });
  const baseline =
    found.state === STATES.begun
      ? {
          key: await objects.promote(host, sent.key, held),
          sha256: held.sha256,
          since: sent.at,
          change: 'provisioning',
          by: 'file integrity',
        }
      : record.baseline;
  if (isToTell(state, fingerprint, record)) {
    const { changes, problem } = found;
    await tell(surroundings, {
      host,
      state,
      at: sent.at,
      id: fingerprint ?? state,
      problem,
      changes,
      activity,
      report: objects.address(report),
    });
  }
  // Last: what fails before is judged again.
  const isUnplanned = state === STATES.changed || (record.isUnplanned === true && !isAsBaseline(state));
  await records.write(host, { ...record, baseline, isUnplanned, last: { ...last, report } }, revision);
}

async function findingOf(
  host: string,
  sent: Sent,
  held: Held,
  record: HostRecord,
  { objects, isNew }: Surroundings,
): Promise<Finding> {
  let files: HostFiles;
  try {
    files = readState(held.bytes);
  } catch (error) {
    if (!(error instanceof UnreadableState)) throw error;
    return { state: STATES.unreadable, problem: `What the host sent cannot be read: ${error.message}` };
  }
  if (files.entries.size === 0) return { state: STATES.unreadable, files, problem: 'The host sent a state without any file' };
  if (record.baseline === undefined) {
    if (record.last === undefined && (await isNew(host, sent.at))) return { state: STATES.begun, files };
    return {
      state: STATES.noBaseline,
      files,
      problem: 'There is nothing to compare with: look at the host, and accept its state',
    };
  }
  const baseline = await objects.read(record.baseline.key);
  if (baseline?.sha256 !== record.baseline.sha256) {
    const problem =
      baseline === undefined
        ? `The baseline ${objects.address(record.baseline.key)} is gone`
        : `The baseline ${objects.address(record.baseline.key)} has SHA-256 ${baseline.sha256}, and was made with ${record.baseline.sha256}`;
    return { state: STATES.tampered, files, problem: `${problem}. Look in CloudTrail for who changed it` };
  }
  const { changes, notCompared } = compareStates(readState(baseline.bytes), files);
  return { state: changes.length === 0 ? STATES.unchanged : STATES.changed, files, changes, notCompared };
}

function isAsBaseline(state: HostState): boolean {
  return state === STATES.unchanged || state === STATES.begun;
}

/** Changes are planned when a window was open, and stay so until there are others. What was not planned does not become so later. */
function isPlanned(
  state: HostState,
  fingerprint: string | undefined,
  { last, isUnplanned }: HostRecord,
  activity?: Activity,
): boolean {
  // Nor does a state between them that cannot be read, or a baseline that is gone, make it so.
  if (state !== STATES.changed || isUnplanned) return false;
  if (last?.state === STATES.planned && last.fingerprint === fingerprint) return true;
  return activity !== undefined && activity.windows.length > 0;
}

/** Somebody hears of what is wrong once, of other changes again, and of its end. */
function isToTell(state: HostState, fingerprint: string | undefined, { last }: HostRecord): boolean {
  if (state === STATES.begun) return false;
  const wasFine = last === undefined || [STATES.begun, STATES.unchanged, STATES.accepted].some((fine) => fine === last.state);
  if (state === STATES.unchanged) return !wasFine;
  return last?.state !== state || last.fingerprint !== fingerprint;
}
