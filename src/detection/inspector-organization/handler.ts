import {
  AssociateMemberCommand,
  type AutoEnable,
  Inspector2Client,
  paginateListMembers,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-inspector2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { CLOCK, type Clock } from '../../functions/clock';
import { onLifecycle } from '../../functions/lifecycle';
import { readList, readText } from '../../functions/properties';
import { InspectorScan } from '../inspector-scan';
import { notForOrganization, otherAccounts } from '../organization-shared/other-accounts';
import { enableIn } from './enable-in';

interface Wanted {
  readonly account: string;
  readonly scans: readonly InspectorScan[];
}

/** Turn scans on in every account of the organization, those that come later as well. It stays so when the stack goes. */
export function makeHandler(inspector: Inspector2Client, organizations: OrganizationsClient, clock: Clock = CLOCK) {
  return onLifecycle<Wanted>({
    read: (properties) => ({
      account: readText(properties, 'Account'),
      scans: readList(properties, 'ResourceTypes', Object.values(InspectorScan)),
    }),
    id: () => 'inspector-organization',
    apply: async ({ account, scans }) => {
      const others = await otherAccounts(organizations, account);
      const members = new Set<string>();
      try {
        await inspector.send(new UpdateOrganizationConfigurationCommand({ autoEnable: forNewAccounts(scans) }));
        for await (const page of paginateListMembers({ client: inspector }, { onlyAssociated: true }))
          for (const { accountId } of page.members ?? []) members.add(accountId ?? '');
      } catch (error) {
        throw notForOrganization('Inspector', error as Error);
      }
      for (const { id } of others) if (!members.has(id)) await inspector.send(new AssociateMemberCommand({ accountId: id }));
      const pending = await enableIn(
        inspector,
        others.map(({ id }) => id),
        scans,
        clock,
      );
      return { Pending: pending.join(', ').slice(0, 1000) };
    },
    remove: async () => undefined,
  });
}

function forNewAccounts(scans: readonly InspectorScan[]): AutoEnable {
  return {
    ec2: scans.includes(InspectorScan.EC2),
    ecr: scans.includes(InspectorScan.ECR),
    lambda: scans.includes(InspectorScan.LAMBDA),
    lambdaCode: scans.includes(InspectorScan.LAMBDA_CODE),
    codeRepository: scans.includes(InspectorScan.CODE_REPOSITORY),
  };
}

export const handler = makeHandler(new Inspector2Client(CLIENT_OPTIONS), new OrganizationsClient(CLIENT_OPTIONS));
