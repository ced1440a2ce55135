import { GetAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { HOST, STATES } from '../file-integrity-settings';
import { judgeHost } from './judge-host';
import type { Surroundings } from './surroundings';
import { tell } from './tell';

/** So old may a state be that is accepted, in milliseconds: the document takes one right before. */
const MOST_AGE = 2 * 3_600_000;

/**
 * Make the state that a host just sent its baseline, after a change that was planned.
 *
 * Who did it, and for which change, is asked of Systems Manager: a run of the document that is in progress is the only way here.
 *
 * @throws when there is no such run, or no state to accept.
 */
export async function acceptState(
  execution: string,
  document: string,
  surroundings: Surroundings,
): Promise<{ baseline: string }> {
  const { host, change, reason, by } = await runOf(execution, document, surroundings);
  await judgeHost(host, surroundings);
  const { objects, records, account, region, now } = surroundings;
  const { record, revision } = await records.read(host);
  const { last } = record;
  if (last === undefined || now().getTime() - Date.parse(last.at) > MOST_AGE)
    throw new Error(`${host} sent no state within two hours: look at the output of the step before`);
  if (last.state === STATES.unreadable) throw new Error(`the last state of ${host} cannot be read: see ${last.report}`);

  const baseline = {
    key: await objects.promote(host, last.key, last),
    sha256: last.sha256,
    since: last.at,
    change,
    by,
    execution,
  };
  const report = await objects.report(`${account}/${region}/${host}/${now().toISOString().replaceAll(':', '')}-accepted`, {
    schemaVersion: 1,
    subject: 'the files of a host became its baseline',
    account,
    region,
    host,
    state: STATES.accepted,
    change,
    reason,
    by,
    execution,
    baseline,
    before: record.baseline,
    accepted: { state: last.state, changes: last.fingerprint, report: objects.address(last.report) },
  });
  const accepted = { ...last, state: STATES.accepted, fingerprint: undefined };
  await records.write(host, { ...record, baseline, isUnplanned: false, last: accepted }, revision);
  if (last.state !== STATES.unchanged && last.state !== STATES.begun)
    await tell(surroundings, {
      host,
      state: STATES.accepted,
      at: last.at,
      id: execution,
      by,
      change,
      report: objects.address(report),
    });
  return { baseline: objects.address(baseline.key) };
}

/** What a run of the document is about. */
async function runOf(AutomationExecutionId: string, document: string, { ssm }: Pick<Surroundings, 'ssm'>) {
  const { AutomationExecution: run } = await ssm.send(new GetAutomationExecutionCommand({ AutomationExecutionId }));
  const { DocumentName, AutomationExecutionStatus: status, ExecutedBy, Parameters = {} } = run ?? {};
  if (DocumentName !== document || status !== 'InProgress')
    throw new Error(
      `'execution' must be a run of ${document} in progress, got ${AutomationExecutionId} of ${DocumentName}, ${status}`,
    );
  const [host = ''] = Parameters.InstanceId ?? [];
  const [change = ''] = Parameters.Change ?? [];
  if (!HOST.test(host) || change === '') throw new Error(`the run ${AutomationExecutionId} names no host or no change`);
  return { host, change, reason: Parameters.Reason?.[0], by: ExecutedBy ?? 'unknown' };
}
