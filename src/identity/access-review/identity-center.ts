import {
  type User as DirectoryUser,
  type IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import {
  type AccountAssignment,
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  type SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { Clients } from './clients';
import { everyPage } from './every-page';
import { day } from './iam-access';
import type { Access, PermissionSet, Role } from './review';

/** Where Identity Center is. */
export interface Instance {
  readonly arn: string;
  readonly identityStore: string;
  /** The account whose roles are known, and these. */
  readonly account: string;
  readonly roles: readonly Role[];
}

/** Who has which permission set in which account. */
export async function identityCenterAccess(
  { sso, identityStore }: Pick<Clients, 'sso' | 'identityStore'>,
  { arn: InstanceArn, identityStore: store, account: here, roles }: Instance,
): Promise<{ readonly access: readonly Access[]; readonly permissionSets: readonly PermissionSet[] }> {
  const directory = await Directory.read(identityStore, store);
  const arns = await everyPage('permission sets', async (NextToken) => {
    const page = await sso.send(new ListPermissionSetsCommand({ InstanceArn, NextToken, MaxResults: 100 }));
    return { items: page.PermissionSets, next: page.NextToken };
  });
  const access: Access[] = [];
  const permissionSets: PermissionSet[] = [];
  for (const PermissionSetArn of arns) {
    const { PermissionSet: set } = await sso.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
    const name = set?.Name ?? PermissionSetArn;
    const policies = await policiesOf(sso, { InstanceArn, PermissionSetArn }, name);
    const accounts = await everyPage(`accounts of ${name}`, async (NextToken) => {
      const page = await sso.send(
        new ListAccountsForProvisionedPermissionSetCommand({ InstanceArn, PermissionSetArn, NextToken, MaxResults: 100 }),
      );
      return { items: page.AccountIds, next: page.NextToken };
    });
    const people = new Set<string>();
    for (const AccountId of accounts) {
      const assignments = await everyPage(`assignments of ${name}`, async (NextToken) => {
        const request = { InstanceArn, PermissionSetArn, AccountId, NextToken, MaxResults: 100 };
        const page = await sso.send(new ListAccountAssignmentsCommand(request));
        return { items: page.AccountAssignments, next: page.NextToken };
      });
      const lastUsed = AccountId === here ? lastUseOf(name, roles) : '';
      for (const assignment of assignments) {
        for (const { id, who, through } of await directory.peopleOf(assignment)) {
          if (id) people.add(id);
          access.push({ kind: 'Identity Center user', who, through, account: AccountId, access: name, lastUsed });
        }
      }
    }
    permissionSets.push({
      name,
      arn: PermissionSetArn,
      description: set?.Description ?? '',
      session: set?.SessionDuration ?? 'PT1H',
      policies,
      accounts: accounts.length,
      people: people.size,
    });
  }
  return { access, permissionSets };
}

/** What a permission set consists of: policies of AWS, policies of the accounts, and one of its own. */
async function policiesOf(
  sso: SSOAdminClient,
  set: { readonly InstanceArn: string; readonly PermissionSetArn: string },
  name: string,
): Promise<string[]> {
  const ofAws = await everyPage(`policies of ${name}`, async (NextToken) => {
    const page = await sso.send(new ListManagedPoliciesInPermissionSetCommand({ ...set, NextToken }));
    return { items: page.AttachedManagedPolicies, next: page.NextToken };
  });
  const ofAccounts = await everyPage(`policies of ${name} in accounts`, async (NextToken) => {
    const page = await sso.send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand({ ...set, NextToken }));
    return { items: page.CustomerManagedPolicyReferences, next: page.NextToken };
  });
  const { InlinePolicy: own } = await sso.send(new GetInlinePolicyForPermissionSetCommand(set));
  return [
    ...ofAws.map((policy) => policy.Name ?? ''),
    ...ofAccounts.map((policy) => `${policy.Name ?? ''} (of the account)`),
    ...(own ? ['a policy of its own'] : []),
  ].sort();
}

/** When a role of a permission set was last used by anybody: AWS does not tell people apart. */
function lastUseOf(name: string, roles: readonly Role[]): string {
  const role = roles.find((each) => isRoleOf(each, name));
  return role?.lastUsed ? `${day(role.lastUsed)} (by anybody)` : 'never in 400 days';
}

/** Whether Identity Center made a role for a permission set. */
export function isRoleOf(role: Role, name: string): boolean {
  return (
    role.path.startsWith('/aws-reserved/sso.amazonaws.com/') &&
    role.name.replace(/_[0-9a-f]{16}$/, '') === `AWSReservedSSO_${name}`
  );
}

interface Person {
  /** Empty where it is nobody. */
  readonly id: string;
  readonly who: string;
  readonly through: string;
}

/** People and groups of Identity Center. */
class Directory {
  public static async read(client: IdentitystoreClient, IdentityStoreId: string): Promise<Directory> {
    const users = await everyPage('users of Identity Center', async (NextToken) => {
      const page = await client.send(new ListUsersCommand({ IdentityStoreId, NextToken, MaxResults: 100 }));
      return { items: page.Users, next: page.NextToken };
    });
    const groups = await everyPage('groups of Identity Center', async (NextToken) => {
      const page = await client.send(new ListGroupsCommand({ IdentityStoreId, NextToken, MaxResults: 100 }));
      return { items: page.Groups, next: page.NextToken };
    });
    return new Directory(
      client,
      IdentityStoreId,
      new Map(users.map((user) => [user.UserId, nameOf(user)])),
      new Map(groups.map((group) => [group.GroupId, group.DisplayName ?? group.GroupId ?? ''])),
    );
  }

  private readonly members = new Map<string, readonly string[]>();

  private constructor(
    private readonly client: IdentitystoreClient,
    private readonly store: string,
    private readonly users: ReadonlyMap<string | undefined, string>,
    private readonly groups: ReadonlyMap<string | undefined, string>,
  ) {}

  /** The people that an assignment is for. A group without members is told as such: whoever joins it has access. */
  public async peopleOf({ PrincipalType: type, PrincipalId: id = '' }: AccountAssignment): Promise<Person[]> {
    if (type !== 'GROUP') return [{ id, who: this.whoIs(id), through: '' }];
    const through = this.groups.get(id) ?? `a group that is deleted (${id})`;
    const members = await this.membersOf(id);
    if (members.length === 0) return [{ id: '', who: 'nobody yet', through }];
    return members.map((member) => ({ id: member, who: this.whoIs(member), through }));
  }

  private whoIs(id: string): string {
    if (id === '') return 'somebody of a kind that is not known';
    return this.users.get(id) ?? `somebody who is deleted (${id})`;
  }

  /** Groups are assigned in many accounts, and asked for once. */
  private async membersOf(GroupId: string): Promise<readonly string[]> {
    const known = this.members.get(GroupId);
    if (known) return known;
    if (!this.groups.has(GroupId)) return [];
    const memberships = await everyPage('members of a group', async (NextToken) => {
      const request = { IdentityStoreId: this.store, GroupId, NextToken, MaxResults: 100 };
      const page = await this.client.send(new ListGroupMembershipsCommand(request));
      return { items: page.GroupMemberships, next: page.NextToken };
    });
    const members = memberships.map(({ MemberId: member }) => member?.UserId ?? '');
    this.members.set(GroupId, members);
    return members;
  }
}

function nameOf({ UserName: name, DisplayName: display, UserId: id }: DirectoryUser): string {
  return display && name && display !== name ? `${display} (${name})` : (name ?? display ?? id ?? '');
}
