import { METRICS } from '../access-review-settings';
import { day } from './iam-access';
import { isRoleOf } from './identity-center';
import type { Collected, Concern, Key, PermissionSet, Role, User } from './review';

const DAY = 86_400_000;

/** What counts as old or unused. */
export interface Limits {
  readonly now: Date;
  readonly days: number;
}

/** What somebody should do something about. */
export function concernsOf({ users, roles, permissionSets, emergencyUses }: Collected, limits: Limits): Concern[] {
  return [
    ...users.flatMap((user) => [...ofRoot(user), ...ofUser(user, limits)]),
    ...roles.flatMap((role) => ofRole(role, limits)),
    ...permissionSets.flatMap((set) => ofPermissionSet(set, roles, limits)),
    ...emergencyUses.map(({ item, title, opened }) => ({
      metric: METRICS.emergencyUseToReview,
      who: item,
      what: `${title || 'emergency access was used'}${opened ? ` on ${day(opened)}` : ''}, and nobody has reviewed it yet`,
    })),
  ];
}

function ofRoot({ isRoot, name: who, keys, hasPassword, hasSecondFactor }: User): Concern[] {
  if (!isRoot) return [];
  const concern = (what: string) => ({ metric: METRICS.rootAccess, who, what });
  return [
    ...keys.filter(({ active }) => active).map(({ number }) => concern(`the root user has key ${number}: delete it`)),
    ...(hasPassword && !hasSecondFactor ? [concern('the root user signs in without a second factor')] : []),
  ];
}

function ofUser(user: User, limits: Limits): Concern[] {
  const { isRoot, name: who, keys, hasPassword, hasSecondFactor, passwordLastUsed, passwordChanged, created } = user;
  if (isRoot) return [];
  const unused = (what: string) => ({ metric: METRICS.unusedCredentials, who, what });
  return [
    ...(hasPassword && !hasSecondFactor
      ? [{ metric: METRICS.withoutSecondFactor, who, what: 'signs in with a password and no second factor' }]
      : []),
    ...(hasPassword && isUnused(passwordLastUsed, passwordChanged ?? created, limits)
      ? [unused(`the password was last used ${spoken(passwordLastUsed)}`)]
      : []),
    ...keys.filter(({ active }) => active).flatMap((key) => ofKey(who, key, created, limits)),
  ];
}

function ofKey(who: string, { number, rotated, lastUsed }: Key, created: Date | undefined, limits: Limits): Concern[] {
  const since = rotated ?? created;
  return [
    // Of a key whose age nobody knows the worst is taken for true.
    ...(since === undefined || age(since, limits) > limits.days
      ? [{ metric: METRICS.oldKeys, who, what: `key ${number} was made ${spoken(since)}` }]
      : []),
    ...(isUnused(lastUsed, since, limits)
      ? [{ metric: METRICS.unusedCredentials, who, what: `key ${number} was last used ${spoken(lastUsed)}` }]
      : []),
  ];
}

/** Roles of services come and go with these, and those of permission sets are told as such. */
function ofRole({ name: who, path, created, lastUsed }: Role, limits: Limits): Concern[] {
  if (path.startsWith('/aws-service-role/') || path.startsWith('/aws-reserved/')) return [];
  return isUnused(lastUsed, created, limits)
    ? [{ metric: METRICS.unusedRoles, who, what: `the role was last used ${spoken(lastUsed)}` }]
    : [];
}

function ofPermissionSet({ name: who, people }: PermissionSet, roles: readonly Role[], limits: Limits): Concern[] {
  const concern = (what: string) => [{ metric: METRICS.unusedPermissionSets, who, what }];
  if (people === 0) return concern('nobody has the permission set');
  const role = roles.find((each) => isRoleOf(each, who));
  return role && isUnused(role.lastUsed, role.created, limits)
    ? concern(`nobody used the permission set in this account since ${role.lastUsed ? day(role.lastUsed) : 'it is there'}`)
    : [];
}

/** Whether something was not used for too long; what is new may not have been used yet. */
function isUnused(lastUsed: Date | undefined, since: Date | undefined, limits: Limits): boolean {
  const last = lastUsed ?? since;
  return last === undefined || age(last, limits) > limits.days;
}

function age(time: Date, { now }: Limits): number {
  return (now.getTime() - time.getTime()) / DAY;
}

function spoken(time: Date | undefined): string {
  return time ? `on ${day(time)}` : 'never, as far as is known';
}
