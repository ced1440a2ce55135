import { CloudTrailClient, RegisterOrganizationDelegatedAdminCommand } from '@aws-sdk/client-cloudtrail';
import {
  EnableOrganizationAdminAccountCommand as AppointForGuardDuty,
  GuardDutyClient,
  paginateListOrganizationAdminAccounts as listForGuardDuty,
} from '@aws-sdk/client-guardduty';
import {
  EnableDelegatedAdminAccountCommand as AppointForInspector,
  Inspector2Client,
  paginateListDelegatedAdminAccounts as listForInspector,
} from '@aws-sdk/client-inspector2';
import {
  EnableOrganizationAdminAccountCommand as AppointForMacie,
  paginateListOrganizationAdminAccounts as listForMacie,
  Macie2Client,
} from '@aws-sdk/client-macie2';
import {
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
  paginateListDelegatedAdministrators,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  EnableOrganizationAdminAccountCommand as AppointForSecurityHub,
  paginateListOrganizationAdminAccounts as listForSecurityHub,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { CLIENT_OPTIONS } from '../../functions/client-options';

/** The clients of services that have administrators. */
export interface Clients {
  readonly organizations: OrganizationsClient;
  readonly cloudTrail: CloudTrailClient;
  readonly guardDuty: GuardDutyClient;
  readonly inspector: Inspector2Client;
  readonly macie: Macie2Client;
  readonly securityHub: SecurityHubClient;
}

/** Clients for the Region of the function; tests point them elsewhere. */
export function clientsWith(options: object = CLIENT_OPTIONS): Clients {
  return {
    organizations: new OrganizationsClient(options),
    cloudTrail: new CloudTrailClient(options),
    guardDuty: new GuardDutyClient(options),
    inspector: new Inspector2Client(options),
    macie: new Macie2Client(options),
    securityHub: new SecurityHubClient(options),
  };
}

/** How an administrator of a service is found and appointed. */
export interface Appointing {
  readonly list: () => Promise<readonly (string | undefined)[]>;
  readonly appoint: (accountId: string) => Promise<unknown>;
}

/** How it is done for a service, by its principal. Some services do it themselves, in each Region; Organizations does it for the others. */
export function appointing(clients: Clients, service: string): Appointing {
  const { organizations, cloudTrail, guardDuty, inspector, macie, securityHub } = clients;
  const listed = () =>
    gathered(paginateListDelegatedAdministrators({ client: organizations }, { ServicePrincipal: service }), (page) =>
      page.DelegatedAdministrators?.map(({ Id }) => Id),
    );
  const trust = () => organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: service }));
  const own: Readonly<Record<string, Appointing>> = {
    'cloudtrail.amazonaws.com': {
      list: listed,
      appoint: async (MemberAccountId) => {
        await trust();
        await cloudTrail.send(new RegisterOrganizationDelegatedAdminCommand({ MemberAccountId }));
      },
    },
    'guardduty.amazonaws.com': {
      list: () =>
        gathered(listForGuardDuty({ client: guardDuty }, {}), (page) => page.AdminAccounts?.map((each) => each.AdminAccountId)),
      appoint: (AdminAccountId) => guardDuty.send(new AppointForGuardDuty({ AdminAccountId })),
    },
    'inspector2.amazonaws.com': {
      list: () =>
        gathered(listForInspector({ client: inspector }, {}), (page) =>
          page.delegatedAdminAccounts?.map((each) => each.accountId),
        ),
      appoint: (delegatedAdminAccountId) => inspector.send(new AppointForInspector({ delegatedAdminAccountId })),
    },
    'macie.amazonaws.com': {
      list: () => gathered(listForMacie({ client: macie }, {}), (page) => page.adminAccounts?.map((each) => each.accountId)),
      appoint: (adminAccountId) => macie.send(new AppointForMacie({ adminAccountId })),
    },
    'securityhub.amazonaws.com': {
      list: () =>
        gathered(listForSecurityHub({ client: securityHub }, {}), (page) => page.AdminAccounts?.map((each) => each.AccountId)),
      appoint: (AdminAccountId) => securityHub.send(new AppointForSecurityHub({ AdminAccountId })),
    },
  };
  return (
    own[service] ?? {
      list: listed,
      appoint: async (AccountId) => {
        await trust();
        await organizations.send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: service }));
      },
    }
  );
}

async function gathered<Page, Item>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => Item[] | undefined): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...(itemsOf(page) ?? []));
  return all;
}
