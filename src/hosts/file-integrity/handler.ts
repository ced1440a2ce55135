import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { HOST, VARIABLES } from '../file-integrity-settings';
import { acceptState } from './accept-state';
import { HostObjects } from './host-objects';
import { HostRecords } from './host-record';
import { judgeHost } from './judge-host';
import type { Surroundings } from './surroundings';

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
    const { host, accept } = asked(event);
    if (accept !== undefined) return acceptState(accept, clients.environment[VARIABLES.acceptDocument] ?? '', surroundings);
    await judgeHost(host!, surroundings);
    return undefined;
  };
}

/** What an event asks for: a host to judge, or a run whose state is to be accepted. */
function asked(event: unknown): { host?: string; accept?: string } {
  const { detail, host, accept } = (event ?? {}) as Record<string, unknown>;
  if (typeof accept === 'string' && /^[0-9a-f-]{36}$/.test(accept)) return { accept };
  const named = host ?? (detail as Record<string, unknown> | undefined)?.['instance-id'];
  if (typeof named === 'string' && HOST.test(named)) return { host: named };
  throw new Error(
    `the event must name a host such as i-0123456789abcdef0, or a run, got ${JSON.stringify(event)?.slice(0, 200)}`,
  );
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
      const started = await startOf(ec2, host);
      return started !== undefined && Date.parse(at) - started.getTime() <= hours * 3_600_000;
    },
  };
}

/** When an instance was started; servers outside of EC2 are not known there. */
async function startOf(ec2: EC2Client, host: string): Promise<Date | undefined> {
  if (!host.startsWith('i-')) return undefined;
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: [host] }] }),
  );
  return Reservations[0]?.Instances?.[0]?.LaunchTime;
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
