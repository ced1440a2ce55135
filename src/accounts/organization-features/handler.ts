import {
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
  type PolicyType,
  type Root,
} from '@aws-sdk/client-organizations';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { CLOCK, type Clock } from '../../functions/clock';
import { onLifecycle } from '../../functions/lifecycle';
import { type Properties, readList } from '../../functions/properties';
import { calmly } from '../organization-calls';

interface Wanted {
  readonly policyTypes: readonly string[];
  readonly trustedServices: readonly string[];
}

/** How often it is asked whether policy types are on, and milliseconds between. */
const MOST_ASKED = 30;
const PAUSE = 5_000;

/** Turn features of the organization on. They stay on when the stack goes: others may count on them. */
export function makeHandler(client: OrganizationsClient, clock: Clock = CLOCK) {
  return onLifecycle<Wanted>({
    read: (properties) => ({
      policyTypes: readOptionalList(properties, 'PolicyTypes'),
      trustedServices: readOptionalList(properties, 'TrustedServices'),
    }),
    id: () => 'organization-features',
    apply: async ({ policyTypes, trustedServices }) => {
      for (const ServicePrincipal of trustedServices) {
        await calmly(() => client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal })), clock);
      }
      const root = await rootOf(client);
      for (const type of without(policyTypes, root, ['ENABLED', 'PENDING_ENABLE'])) {
        const enable = () => client.send(new EnablePolicyTypeCommand({ RootId: root.Id, PolicyType: type as PolicyType }));
        await calmly(enable, clock, 'PolicyTypeAlreadyEnabledException');
      }
      await untilOn(client, policyTypes, clock);
      return { RootId: root.Id };
    },
    remove: async () => undefined,
  });
}

/** Policies can be attached only when their type is on, which takes a moment. */
async function untilOn(client: OrganizationsClient, policyTypes: readonly string[], clock: Clock): Promise<void> {
  let off: readonly string[] = [];
  for (let asked = 0; asked < MOST_ASKED; asked++) {
    off = without(policyTypes, await rootOf(client), ['ENABLED']);
    if (off.length === 0) return;
    await clock.sleep(PAUSE);
  }
  throw new Error(`The organization does not turn on ${off.join(', ')}. Look at its policies in the console, and deploy again`);
}

/** Those of the types that are in none of these states. */
function without(policyTypes: readonly string[], root: Root, states: readonly string[]): readonly string[] {
  const found = (root.PolicyTypes ?? []).filter(({ Status }) => states.includes(Status ?? '')).map(({ Type }) => Type as string);
  return policyTypes.filter((type) => !found.includes(type));
}

async function rootOf(client: OrganizationsClient): Promise<Root> {
  let NextToken: string | undefined;
  // A page may be empty and still not be the last.
  do {
    const page = await client.send(new ListRootsCommand({ NextToken }));
    if (page.Roots?.[0]) return page.Roots[0];
    NextToken = page.NextToken;
  } while (NextToken);
  throw new Error('The organization shows no root. Deploy this to the account that manages the organization');
}

function readOptionalList(properties: Properties, name: string): readonly string[] {
  return properties[name] === undefined ? [] : readList(properties, name);
}

export const handler = makeHandler(new OrganizationsClient(CLIENT_OPTIONS));
