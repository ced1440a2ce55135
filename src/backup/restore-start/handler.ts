import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { EventBridgeEvent } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { type State, VARIABLES } from '../restore-messages';

/** A restore that ended, or an execution that did not come to its end. */
export type StartEvent = EventBridgeEvent<string, StartDetail>;

interface StartDetail {
  readonly restoreJobId?: unknown;
  readonly status?: unknown;
  readonly name?: unknown;
  readonly executionArn?: unknown;
  readonly input?: unknown;
}

interface Start {
  readonly name: string;
  readonly input: State;
}

/** What takes over from an execution is named after it, and nothing takes over from that. */
const RESCUE = '-rescue';

/** Names of executions: what Step Functions takes, and nothing else of an event. */
const NAME = /^[A-Za-z0-9_-]{1,80}$/;
const MOST_CHARACTERS = 80;

/**
 * Start a test under the name of its restore.
 *
 * Step Functions takes a name once in 90 days, so a second event for the same restore starts nothing. When an execution fails, times
 * out or is stopped by hand, a second one takes over: it reports the failure, and removes what the first one left.
 */
export function makeHandler(client: SFNClient, stateMachineArn: string) {
  return async (event: StartEvent): Promise<'started' | 'known' | 'ignored'> => {
    const start = event.source === 'aws.states' ? rescue(event.detail) : first(event.detail);
    if (start === undefined) return 'ignored';
    const { name, input } = start;
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      return 'started';
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return 'known';
      throw error;
    }
  };
}

function first({ restoreJobId }: StartDetail): Start {
  if (typeof restoreJobId !== 'string' || !NAME.test(restoreJobId)) {
    throw new Error(
      `'restoreJobId' of the event must be letters, digits and dashes, got ${JSON.stringify(restoreJobId)?.slice(0, 100)}`,
    );
  }
  return { name: restoreJobId, input: { restoreJobId } };
}

function rescue({ name, status, executionArn, input }: StartDetail): Start | undefined {
  if (typeof name !== 'string' || name.endsWith(RESCUE) || !NAME.test(name)) return undefined;
  const { restoreJobId, selfHosted } = read(input);
  if (typeof restoreJobId !== 'string' && typeof selfHosted !== 'string') return undefined;
  return {
    name: `${name.slice(0, MOST_CHARACTERS - RESCUE.length)}${RESCUE}`,
    input: {
      ...(typeof restoreJobId === 'string' ? { restoreJobId } : { selfHosted: selfHosted as string }),
      ended: { status: String(status), execution: String(executionArn) },
    },
  };
}

function read(input: unknown): { readonly restoreJobId?: unknown; readonly selfHosted?: unknown } {
  try {
    const read = JSON.parse(String(input));
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

export const handler = (event: StartEvent) =>
  makeHandler(new SFNClient(CLIENT_OPTIONS), process.env[VARIABLES.stateMachine]!)(event);
