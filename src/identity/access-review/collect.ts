import type { Clock } from '../../functions/clock';
import type { Clients } from './clients';
import { usersOf } from './credential-report';
import { emergencyUsesOf } from './emergency-uses';
import { iamAccess } from './iam-access';
import { identityCenterAccess } from './identity-center';
import type { Collected, User } from './review';

interface Where {
  readonly account: string;
  readonly region: string;
  readonly instance?: string;
  readonly identityStore?: string;
}

/** Names that a note lists. */
const MOST_NAMES = 20;

/** Everything that a review is about. */
export async function collect(clients: Clients, clock: Clock, where: Where): Promise<Collected> {
  const { account, region, instance, identityStore } = where;
  const users = await usersOf(clients.iam, clock);
  const { access, roles, userNames } = await iamAccess(clients.iam, account, users);
  const center =
    instance && identityStore
      ? await identityCenterAccess(clients, { arn: instance, identityStore, account, roles })
      : { access: [], permissionSets: [] };
  return {
    users,
    roles,
    access: [...access, ...center.access],
    permissionSets: center.permissionSets,
    emergencyUses: await emergencyUsesOf(clients.ssm),
    notes: [
      ...(instance
        ? [
            'Whether people of Identity Center have a second factor is a setting of the directory, which AWS tells nobody: attach a picture of it.',
          ]
        : ['People of IAM Identity Center were not looked at here.']),
      `Uses of emergency access are those with an item in OpsCenter of account ${account} in ${region}.`,
      ...disagreements(users, userNames),
    ],
  };
}

/** The report on credentials is up to four hours old: users who were made or deleted meanwhile are in one of two lists. */
function disagreements(users: readonly User[], names: readonly string[]): string[] {
  const reported = new Set(users.filter(({ isRoot }) => !isRoot).map(({ name }) => name));
  const listed = new Set(names);
  const lacking = names.filter((name) => !reported.has(name)).sort();
  const gone = [...reported].filter((name) => !listed.has(name)).sort();
  return [
    ...(lacking.length > 0 ? [`The report on credentials of IAM does not have these users yet: ${some(lacking)}.`] : []),
    ...(gone.length > 0 ? [`These users are in the report on credentials of IAM, and no longer in IAM: ${some(gone)}.`] : []),
  ];
}

function some(names: readonly string[]): string {
  return names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '');
}
