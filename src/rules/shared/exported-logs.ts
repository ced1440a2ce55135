import { anyOf, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { engineOf } from './database-kinds';

/** The logs that an auditor needs, by engine; the first that matches counts. */
export type LogsByEngine = readonly (readonly [engine: RegExp, logs: readonly string[]])[];

/** Expect a database to send logs to CloudWatch Logs. */
export function mustExportLogs(database: Resource, byEngine: LogsByEngine): Observation[] {
  const exported = database.at('EnableCloudwatchLogsExports');
  const needed = logsOf(engineOf(database), byEngine);
  const expected = needed.map((logs) => logs.map((log) => `'${log}'`).join(' and ')).join(', or ') || 'the logs of the engine';
  if (exported.isAbsent || exported.isUnknown) return exported.mustBeSet(expected);
  const names = exported.items();
  const attempts = needed.map((logs) =>
    logs
      .filter((log) => !names.some((name) => name.string === log))
      .map((log) =>
        names.some((name) => name.isUnknown)
          ? exported.undetermined(expected, 'a member of the list is not known')
          : exported.fails(expected, `the log '${log}' is not exported`),
      ),
  );
  if (attempts.length === 0) return exported.mustBeSet(expected);
  return attempts.length === 1 ? attempts[0] : anyOf(attempts, () => exported.fails(expected));
}

/** RDS refuses logs that an engine does not have: a list that is complete for some engine is complete. */
function logsOf(engine: string | undefined, byEngine: LogsByEngine): (readonly string[])[] {
  if (engine !== undefined)
    return byEngine
      .filter(([pattern]) => pattern.test(engine))
      .map(([, logs]) => logs)
      .slice(0, 1);
  const all = byEngine.map(([, logs]) => logs);
  return all.filter((logs) => !all.some((other) => other.length > logs.length && logs.every((log) => other.includes(log))));
}
