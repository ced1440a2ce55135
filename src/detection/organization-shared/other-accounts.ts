import { type OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';

/** Another account of the organization. */
export interface OtherAccount {
  readonly id: string;
  readonly email: string;
}

/** The active accounts of the organization, but for the one that asks. The account of a delegated administrator may ask, and the management account. */
export async function otherAccounts(client: OrganizationsClient, own: string): Promise<readonly OtherAccount[]> {
  const others: OtherAccount[] = [];
  for await (const { Accounts: accounts = [] } of paginateListAccounts({ client }, {})) {
    for (const { Id: id, Email: email = '', Status: status } of accounts) {
      if (id !== undefined && id !== own && status === 'ACTIVE') others.push({ id, email });
    }
  }
  return others;
}

/** An error of a service that only its delegated administrator can avoid. */
export function notForOrganization(service: string, { name, message }: Error): Error {
  return new Error(
    `${service} cannot be turned on for the organization. Is this the account of its delegated administrator? ${name}: ${message}`,
  );
}
