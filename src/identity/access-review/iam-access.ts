import {
  type EntityType,
  GetAccountAuthorizationDetailsCommand,
  type GroupDetail,
  type IAMClient,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { everyPage } from './every-page';
import type { Access, Role, User } from './review';

/** What IAM says of an account. */
export interface IamAccess {
  readonly access: readonly Access[];
  readonly roles: readonly Role[];
  readonly userNames: readonly string[];
}

interface Details {
  readonly users: readonly UserDetail[];
  readonly groups: readonly GroupDetail[];
  readonly roles: readonly RoleDetail[];
}

/** Who has which policies: users by themselves and by their groups, and roles with who may take them. */
export async function iamAccess(client: IAMClient, account: string, users: readonly User[]): Promise<IamAccess> {
  const { users: details, groups, roles } = await detailsOf(client);
  const lastUse = new Map(users.map((user) => [user.arn, lastUseOf(user)]));
  const byGroup = new Map(
    groups.map((group) => [group.GroupName, policiesOf(group.AttachedManagedPolicies, group.GroupPolicyList)]),
  );
  const ofUsers = details.flatMap((user): Access[] => {
    const common = { kind: 'IAM user', who: user.UserName ?? '', account, lastUsed: lastUse.get(user.Arn ?? '') ?? '' } as const;
    const own = policiesOf(user.AttachedManagedPolicies, user.UserPolicyList).map((access) => ({
      ...common,
      through: '',
      access,
    }));
    const shared = (user.GroupList ?? []).flatMap((through) =>
      // A group that was made while the answers came is not in them.
      (byGroup.get(through) ?? ['policies that are not known']).map((access) => ({ ...common, through, access })),
    );
    // Whoever may do nothing may still sign in.
    return own.length + shared.length > 0 ? [...own, ...shared] : [{ ...common, through: '', access: 'no policy' }];
  });
  const ofRoles = roles.flatMap((role): Access[] => {
    const common = {
      kind: 'IAM role',
      who: role.RoleName ?? '',
      through: trustedBy(role.AssumeRolePolicyDocument),
      account,
      lastUsed: role.RoleLastUsed?.LastUsedDate ? day(role.RoleLastUsed.LastUsedDate) : 'never in 400 days',
    } as const;
    const policies = policiesOf(role.AttachedManagedPolicies, role.RolePolicyList);
    return (policies.length > 0 ? policies : ['no policy']).map((access) => ({ ...common, access }));
  });
  return {
    access: [...ofUsers, ...ofRoles],
    roles: roles.map((role) => ({
      name: role.RoleName ?? '',
      arn: role.Arn ?? '',
      path: role.Path ?? '/',
      created: role.CreateDate,
      lastUsed: role.RoleLastUsed?.LastUsedDate,
    })),
    userNames: details.map(({ UserName }) => UserName ?? ''),
  };
}

/** A page holds users, groups and roles alike. */
async function detailsOf(client: IAMClient): Promise<Details> {
  const Filter: EntityType[] = ['User', 'Group', 'Role'];
  const pages = await everyPage('users, groups and roles of IAM', async (Marker) => {
    const page = await client.send(new GetAccountAuthorizationDetailsCommand({ Filter, Marker, MaxItems: 1000 }));
    return { items: [page], next: page.Marker, isTruncated: page.IsTruncated };
  });
  return {
    users: pages.flatMap(({ UserDetailList: users = [] }) => users),
    groups: pages.flatMap(({ GroupDetailList: groups = [] }) => groups),
    roles: pages.flatMap(({ RoleDetailList: roles = [] }) => roles),
  };
}

function policiesOf(
  attached: readonly { PolicyName?: string }[] = [],
  inline: readonly { PolicyName?: string }[] = [],
): string[] {
  return [
    ...attached.map(({ PolicyName }) => PolicyName ?? ''),
    ...inline.map(({ PolicyName }) => `${PolicyName} (its own)`),
  ].sort();
}

/** Who may take a role, in short. */
export function trustedBy(document = ''): string {
  try {
    const { Statement: statements } = JSON.parse(decodeURIComponent(document)) as { Statement?: unknown };
    const principals = [statements ?? []].flat().flatMap((each) => namesIn((each as { Principal?: unknown }).Principal));
    return [...new Set(principals)].sort().join(', ');
  } catch {
    return 'a trust policy that cannot be read';
  }
}

function namesIn(principal: unknown): string[] {
  if (typeof principal === 'string') return [principal];
  return Object.values((principal ?? {}) as Record<string, unknown>).flatMap((each) => [each].flat().map(String));
}

function lastUseOf({ passwordLastUsed, keys }: User): string {
  const times = [passwordLastUsed, ...keys.map(({ lastUsed }) => lastUsed)].flatMap((time) => time ?? []);
  return times.length > 0 ? day(new Date(Math.max(...times.map((time) => time.getTime())))) : 'never';
}

/** A day, as reviews write it. */
export function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
