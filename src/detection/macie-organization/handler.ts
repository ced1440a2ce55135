import {
  CreateMemberCommand,
  Macie2Client,
  paginateListMembers,
  UpdateAutomatedDiscoveryConfigurationCommand,
  UpdateMemberSessionCommand,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-macie2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { onLifecycle } from '../../functions/lifecycle';
import { readFlag, readText } from '../../functions/properties';
import { notForOrganization, otherAccounts } from '../organization-shared/other-accounts';

interface Wanted {
  readonly account: string;
  readonly discovers: boolean;
}

/** Turn Macie on in every account of the organization, those that come later as well. It stays so when the stack goes. */
export function makeHandler(macie: Macie2Client, organizations: OrganizationsClient) {
  return onLifecycle<Wanted>({
    read: (properties) => ({
      account: readText(properties, 'Account'),
      discovers: readFlag(properties, 'AutomatedDiscovery'),
    }),
    id: () => 'macie-organization',
    apply: async ({ account, discovers }) => {
      const others = await otherAccounts(organizations, account);
      const members = new Map<string, string | undefined>();
      try {
        await macie.send(new UpdateOrganizationConfigurationCommand({ autoEnable: true }));
        for await (const page of paginateListMembers({ client: macie }, { onlyAssociated: 'true' }))
          for (const { accountId = '', relationshipStatus } of page.members ?? []) members.set(accountId, relationshipStatus);
      } catch (error) {
        throw notForOrganization('Macie', error as Error);
      }
      for (const { id, email } of others) {
        if (!members.has(id)) await macie.send(new CreateMemberCommand({ account: { accountId: id, email } }));
        // It is a member, and Macie is suspended there.
        if (members.get(id) === 'Paused') await macie.send(new UpdateMemberSessionCommand({ id, status: 'ENABLED' }));
      }
      if (discovers) {
        const everywhere = { status: 'ENABLED', autoEnableOrganizationMembers: 'ALL' } as const;
        await macie.send(new UpdateAutomatedDiscoveryConfigurationCommand(everywhere));
      }
      return undefined;
    },
    remove: async () => undefined,
  });
}

export const handler = makeHandler(new Macie2Client(CLIENT_OPTIONS), new OrganizationsClient(CLIENT_OPTIONS));
