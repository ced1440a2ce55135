import {
  ActivateOrganizationsAccessCommand,
  CloudFormationClient,
  DescribeOrganizationsAccessCommand,
} from '@aws-sdk/client-cloudformation';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { CLOCK, type Clock } from '../../functions/clock';
import { onLifecycle } from '../../functions/lifecycle';
import { type Properties, readFlag, readText } from '../../functions/properties';
import { calmly } from '../organization-calls';
import { appointing, type Clients, clientsWith } from './appointing';

interface Delegation {
  readonly service: string;
  readonly accountId: string;
}

interface Wanted {
  readonly delegations: readonly Delegation[];
  readonly stackSets: boolean;
}

/** What says that an account administers a service already. */
const ALREADY = /^(AccountAlreadyRegistered|AccountRegistered)Exception$/;

/** Appoint administrators of services. They stay when the stack goes: without them, services would forget about the accounts. */
export function makeHandler(clients: Clients, cloudFormation: CloudFormationClient, clock: Clock = CLOCK) {
  return onLifecycle<Wanted>({
    read: (properties) => ({ delegations: readDelegations(properties), stackSets: readFlag(properties, 'StackSets') }),
    id: () => 'delegated-administrators',
    apply: async ({ delegations, stackSets }) => {
      if (stackSets) await activate(cloudFormation);
      // One after the other: each changes the organization.
      for (const delegation of delegations) await appoint(clients, delegation, clock);
      return undefined;
    },
    remove: async () => undefined,
  });
}

async function appoint(clients: Clients, { service, accountId }: Delegation, clock: Clock): Promise<void> {
  const { list, appoint } = appointing(clients, service);
  const administrators = await list();
  if (administrators.includes(accountId)) return;
  try {
    await calmly(() => appoint(accountId), clock);
  } catch (error) {
    const { name, message } = error as Error;
    if (ALREADY.test(name)) return;
    const others =
      administrators.length > 0 ? ` It is administered by ${administrators.join(', ')}: remove that administrator first.` : '';
    throw new Error(`${accountId} does not become administrator of ${service}.${others} ${name}: ${message}`);
  }
}

/** Stack sets have a call of their own for it, which makes their role as well. */
async function activate(client: CloudFormationClient): Promise<void> {
  const { Status } = await client.send(new DescribeOrganizationsAccessCommand({}));
  if (Status !== 'ENABLED') await client.send(new ActivateOrganizationsAccessCommand({}));
}

function readDelegations({ Delegations: all = [] }: Properties): readonly Delegation[] {
  if (!Array.isArray(all)) throw new Error("'Delegations' must be a list");
  return all.map((each) => ({ service: readText(each, 'Service'), accountId: readText(each, 'AccountId') }));
}

export const handler = makeHandler(clientsWith(), new CloudFormationClient(CLIENT_OPTIONS));
