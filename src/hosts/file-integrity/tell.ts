import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT, type HostState } from '../file-integrity-settings';
import type { Activity } from './activity';
import type { FileChange } from './compare-states';
import type { Surroundings } from './surroundings';

/** What somebody is told of a host. */
export interface News {
  readonly host: string;
  readonly state: HostState;
  readonly at: string;
  /** The same for the same news. */
  readonly id: string;
  readonly problem?: string;
  readonly changes?: readonly FileChange[];
  readonly activity?: Activity;
  readonly by?: string;
  readonly change?: string;
  readonly report: string;
}

/** Most files that are named in an event, which is 256 KB at most. */
const MOST_FILES = 25;
const MOST_PEOPLE = 10;

/** Put an event on the bus of the account, where `AlertRouter` takes it; who listens besides may do so too. */
export async function tell({ events, program }: Pick<Surroundings, 'events' | 'program'>, news: News): Promise<void> {
  const { changes = [], activity, ...rest } = news;
  const count = (kind: FileChange['change']) => changes.filter(({ change }) => change === kind).length;
  const detail = {
    program,
    ...rest,
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    files: changes.slice(0, MOST_FILES).map(describe),
    sessions: activity?.sessions.slice(0, MOST_PEOPLE).map(({ who, start, end }) => `${who} from ${start} to ${end ?? 'now'}`),
    commands: activity?.commands.slice(0, MOST_PEOPLE).map(({ document, at }) => `${document} at ${at}`),
    windows: activity?.windows.slice(0, MOST_PEOPLE).map(({ window, start }) => `${window} at ${start}`),
  };
  const { FailedEntryCount = 0, Entries } = await events.send(
    new PutEventsCommand({
      Entries: [{ Source: EVENT.source, DetailType: EVENT.detailType, Resources: [news.host], Detail: JSON.stringify(detail) }],
    }),
  );
  if (FailedEntryCount > 0) throw new Error(`the event was not taken: ${Entries?.[0]?.ErrorCode}: ${Entries?.[0]?.ErrorMessage}`);
}

function describe({ file, change, attributes = [] }: FileChange): string {
  const what = attributes.map(({ attribute }) => attribute).join(', ');
  return `${change}: ${file.slice(0, 300)}${what && ` (${what})`}`;
}
