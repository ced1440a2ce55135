import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { instanceSince } from '../../functions/instance-since';
import { HOST, STATES, VARIABLES } from '../file-integrity-settings';
import { acceptState } from './accept-state';
import { HostObjects } from './host-objects';
import { HostRecords } from './host-record';
import { judgeHost } from './judge-host';
import { legible } from './read-state';
import type { Surroundings } from './surroundings';
import { type News, tell } from './tell';

/** What the function calls. */
export interface Clients {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly ssm: SSMClient;
  readonly events: EventBridgeClient;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

type Invocation = Pick<Context, 'invokedFunctionArn'>;

/**
 * Judge what a host sent, when Systems Manager says that its check ended, or when the hourly look found something that was missed; and
 * accept a state.
 */
export function makeHandler(clients: Clients) {
  return async (event: unknown, { invokedFunctionArn }: Invocation): Promise<unknown> => {
    const surroundings = surroundingsOf(clients, invokedFunctionArn);
    const { host, accept, failure } = asked(event);
    if (accept !== undefined) return acceptState(accept, clients.environment[VARIABLES.acceptDocument] ?? '', surroundings);
    if (failure !== undefined) await tell(surroundings, { host: host!, state: STATES.failed, ...failure });
    await judgeHost(host!, surroundings);
    return undefined;
  };
}

/** What an event asks for: a host to judge, and why its check failed; or a run whose state is to be accepted. */
interface Asked {
  readonly host?: string;
  readonly accept?: string;
  readonly failure?: Omit<News, 'host' | 'state'>;
}

function asked(event: unknown): Asked {
  const { detail, host, accept, time } = (event ?? {}) as Record<string, unknown>;
  if (typeof accept === 'string' && /^[0-9a-f-]{36}$/.test(accept)) return { accept };
  const said = (detail ?? {}) as Record<string, unknown>;
  const named = host ?? said['instance-id'];
  if (typeof named === 'string' && HOST.test(named)) return { host: named, failure: failureIn(said, String(time ?? '')) };
  throw new Error(
    `the event must name a host such as i-0123456789abcdef0, or a run, got ${JSON.stringify(event)?.slice(0, 200)}`,
  );
}

/** Why State Manager says that a check failed; every run of a check is news of its own. */
function failureIn({ status, ...said }: Record<string, unknown>, at: string): Asked['failure'] {
  if (status !== 'Failed' && status !== 'TimedOut') return undefined;
  const summary = legible(String(said['execution-summary'] ?? said['detailed-status'] ?? ''));
  return {
    at,
    id: String(said['last-execution-date'] ?? at),
    problem: `The check ${status === 'Failed' ? 'failed' : 'took too long'}: ${summary}`.trim(),
    report: `association ${said['association-id'] ?? 'unknown'} in State Manager: the output of its last run on the host says why`,
  };
}

function surroundingsOf({ s3, dynamodb, ec2, ssm, events, environment, now }: Clients, functionArn: string): Surroundings {
  const [, , , region, account] = functionArn.split(':');
  const hours = Number(environment[VARIABLES.provisioningHours]);
  return {
    account,
    region,
    program: environment[VARIABLES.program] ?? '',
    objects: new HostObjects(s3, environment[VARIABLES.bucket] ?? '', environment[VARIABLES.prefix] ?? ''),
    records: new HostRecords(dynamodb, environment[VARIABLES.table] ?? ''),
    ssm,
    events,
    windows: (environment[VARIABLES.windows] ?? '').split(',').filter((id) => id !== ''),
    now,
    isNew: async (host, at) => {
      const since = await sinceOf(ec2, host);
      return since !== undefined && Date.parse(at) - since.getTime() <= hours * 3_600_000;
    },
  };
}

/** Since when an instance exists; servers outside of EC2 are not known there. */
async function sinceOf(ec2: EC2Client, host: string): Promise<Date | undefined> {
  if (!host.startsWith('i-')) return undefined;
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: [host] }] }),
  );
  return instanceSince(Reservations[0]?.Instances?.[0] ?? {});
}

export const handler = makeHandler({
  s3: new S3Client(CLIENT_OPTIONS),
  dynamodb: new DynamoDBClient(CLIENT_OPTIONS),
  ec2: new EC2Client(CLIENT_OPTIONS),
  ssm: new SSMClient(CLIENT_OPTIONS),
  events: new EventBridgeClient(CLIENT_OPTIONS),
  environment: process.env,
  now: () => new Date(),
});
