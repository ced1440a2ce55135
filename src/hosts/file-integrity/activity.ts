import {
  paginateDescribeMaintenanceWindowExecutions,
  paginateDescribeSessions,
  paginateListCommandInvocations,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/** What happened on a host between two checks, as Systems Manager knows it. */
export interface Activity {
  readonly since: string;
  /** Sessions of Session Manager. */
  readonly sessions: readonly {
    readonly id: string;
    readonly who: string;
    readonly start?: string;
    readonly end?: string;
    readonly reason?: string;
  }[];
  /** Documents that were run on the host. */
  readonly commands: readonly { readonly id: string; readonly document: string; readonly at?: string; readonly status: string }[];
  /** Maintenance windows that were open. */
  readonly windows: readonly {
    readonly window: string;
    readonly execution: string;
    readonly start: string;
    readonly end?: string;
    readonly status: string;
  }[];
  /** What could not be found out. */
  readonly unknown: readonly string[];
}

/** Most entries of a kind. */
const MOST = 50;

/** Ask Systems Manager who was on a host since some time, what ran there, and which maintenance windows were open. */
export async function activityOn(
  client: SSMClient,
  host: string,
  windowIds: readonly string[],
  since: string,
  until: string,
): Promise<Activity> {
  const unknown: string[] = [];
  const attempt = async <Found>(what: string, find: () => Promise<Found[]>): Promise<Found[]> => {
    try {
      return await find();
    } catch (error) {
      const { name, message } = error as Error;
      unknown.push(`${what}: ${name}: ${message}`);
      return [];
    }
  };
  const sessions = await attempt('sessions', async () => [
    ...(await sessionsOn(client, host, since, 'Active')),
    ...(await sessionsOn(client, host, since, 'History')),
  ]);
  const commands = await attempt('commands', () => commandsOn(client, host, since));
  const windows = [];
  for (const id of windowIds)
    windows.push(...(await attempt(`the maintenance window ${id}`, () => openings(client, id, since, until))));
  return { since, sessions, commands, windows, unknown };
}

async function sessionsOn(client: SSMClient, host: string, since: string, State: 'Active' | 'History') {
  const Filters = [
    { key: 'Target' as const, value: host },
    { key: 'InvokedAfter' as const, value: toSeconds(since) },
  ];
  const found: Activity['sessions'][number][] = [];
  for await (const { Sessions = [] } of paginateDescribeSessions({ client }, { State, Filters })) {
    for (const { SessionId = '', Owner = 'unknown', StartDate, EndDate, Reason } of Sessions) {
      found.push({ id: SessionId, who: Owner, start: StartDate?.toISOString(), end: EndDate?.toISOString(), reason: Reason });
    }
    if (found.length >= MOST) break;
  }
  return found.slice(0, MOST);
}

async function commandsOn(client: SSMClient, InstanceId: string, since: string) {
  const Filters = [{ key: 'InvokedAfter' as const, value: toSeconds(since) }];
  const found: Activity['commands'][number][] = [];
  for await (const { CommandInvocations = [] } of paginateListCommandInvocations({ client }, { InstanceId, Filters })) {
    for (const { CommandId = '', DocumentName = 'unknown', RequestedDateTime, Status = 'unknown' } of CommandInvocations) {
      found.push({ id: CommandId, document: DocumentName, at: RequestedDateTime?.toISOString(), status: Status });
    }
    if (found.length >= MOST) break;
  }
  return found.slice(0, MOST);
}

/** Times at which a window was open; one that opened a day before may still be. */
async function openings(client: SSMClient, WindowId: string, since: string, until: string) {
  const before = new Date(Date.parse(since) - 86_400_000).toISOString();
  const Filters = [
    { Key: 'ExecutedAfter', Values: [toSeconds(before)] },
    { Key: 'ExecutedBefore', Values: [toSeconds(until)] },
  ];
  const found: Activity['windows'][number][] = [];
  for await (const { WindowExecutions = [] } of paginateDescribeMaintenanceWindowExecutions({ client }, { WindowId, Filters })) {
    for (const { WindowExecutionId = '', StartTime, EndTime, Status = 'unknown' } of WindowExecutions) {
      if (!StartTime || (EndTime && EndTime.toISOString() < since)) continue;
      found.push({
        window: WindowId,
        execution: WindowExecutionId,
        start: StartTime.toISOString(),
        end: EndTime?.toISOString(),
        status: Status,
      });
    }
    if (found.length >= MOST) break;
  }
  return found.slice(0, MOST);
}

/** Systems Manager takes no parts of seconds. */
function toSeconds(time: string): string {
  return `${time.slice(0, 19)}Z`;
}
