import { type Stack, Token } from 'aws-cdk-lib';
import type { PermissionSetAssignment, PermissionSetOptions, PermissionSetsProps } from './permission-set-options';

/** The most policies that a role may have, and Identity Center makes roles. */
const MOST_POLICIES = 20;

/** The most characters of an inline policy. */
const MOST_CHARACTERS = 32_768;

/** Refuse what Identity Center would refuse when it is deployed. */
export function checkInstance(arn: string): void {
  must(
    "'instanceArn'",
    arn,
    /^arn:[\w-]+:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/,
    "the ARN of an instance, such as 'arn:aws:sso:::instance/ssoins-1234567890abcdef'",
  );
}

export function checkSet(stack: Stack, set: PermissionSetOptions): void {
  const { name, description, managedPolicies = [], accountPolicies = [], inlinePolicy } = set;
  must("'name' of a permission set", name, /^[\w+=,.@-]{1,32}$/, "1 to 32 letters, digits and '_+=,.@-'");
  must(
    `'description' of the permission set '${name}'`,
    description,
    /^[\t\n\r\x20-\x7e\xa1-\xff]{1,700}$/,
    '1 to 700 characters of Latin script',
  );
  const policies = managedPolicies.length + accountPolicies.length;
  if (policies > MOST_POLICIES)
    throw new Error(
      `the permission set '${name}' must have ${MOST_POLICIES} policies at most, got ${policies}: put some together`,
    );
  if (policies === 0 && (inlinePolicy === undefined || inlinePolicy.isEmpty))
    throw new Error(`the permission set '${name}' must allow something, got no policy: set 'managedPolicies' or 'inlinePolicy'`);
  const characters = inlinePolicy ? JSON.stringify(stack.resolve(inlinePolicy)).length : 0;
  if (characters > MOST_CHARACTERS)
    throw new Error(
      `'inlinePolicy' of the permission set '${name}' must have ${MOST_CHARACTERS} characters at most, got ${characters}: move a part of it to a policy of the accounts`,
    );
}

/** Refuse two sets of one name: Identity Center tells them apart by it. */
export function checkNames(sets: readonly PermissionSetOptions[]): void {
  const names = sets.map(({ name }) => name.toLowerCase());
  const twice = sets.find(({ name }, index) => names.indexOf(name.toLowerCase()) < index);
  if (twice)
    throw new Error(
      `'name' of a permission set must be one of its own, got '${twice.name}' twice: choose another, or leave the standard one out of 'standardSets'`,
    );
}

export function checkAssignments(
  { assignments = [], nonProductionAccounts = [] }: PermissionSetsProps,
  names: readonly string[],
): void {
  for (const account of nonProductionAccounts) mustBeAccount("'nonProductionAccounts'", account);
  const seen = new Set<string>();
  for (const { permissionSet, groupId, accounts } of assignments) {
    const what = `an assignment of '${permissionSet}'`;
    if (!names.includes(permissionSet))
      throw new Error(
        `'permissionSet' of an assignment must be one of ${names.join(', ')}, got '${permissionSet}': name one of these, or add it to 'ownSets'`,
      );
    must(
      `'groupId' of ${what}`,
      groupId,
      /^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      'the id of a group in Identity Center',
    );
    if (accounts.length === 0)
      throw new Error(`'accounts' of ${what} must name one account at least, got none: leave the assignment out`);
    for (const account of accounts) {
      mustBeAccount(`'accounts' of ${what}`, account);
      const key = `${permissionSet} ${groupId} ${account}`;
      if (seen.has(key))
        throw new Error(`${what} must be there once, got it twice for the group ${groupId} in ${account}: leave one out`);
      seen.add(key);
    }
  }
}

/** Hours that sessions of a set may last: those of production wherever it is not said that nothing is. */
export function mostHours(name: string, assignments: readonly PermissionSetAssignment[], elsewhere: readonly string[]): number {
  const accounts = assignments.filter(({ permissionSet }) => permissionSet === name).flatMap((each) => each.accounts);
  return accounts.length > 0 && accounts.every((account) => elsewhere.includes(account)) ? 8 : 4;
}

/** The duration of sessions of a set, as Identity Center writes it. */
export function sessionOf({ name, sessionDuration }: PermissionSetOptions, most: number): string {
  const minutes = sessionDuration ? sessionDuration.toMinutes({ integral: false }) : most * 60;
  if (!Number.isInteger(minutes) || minutes < 60 || minutes > most * 60) {
    const why =
      most === 4 ? " because it is for production: 8 hours are for sets that are assigned in 'nonProductionAccounts' alone" : '';
    throw new Error(
      `'sessionDuration' of the permission set '${name}' must be 1 to ${most} hours in whole minutes, got ${minutes} minutes${why}`,
    );
  }
  return minutes % 60 === 0 ? `PT${minutes / 60}H` : `PT${minutes}M`;
}

function mustBeAccount(what: string, account: string): void {
  must(what, account, /^\d{12}$/, 'the 12 digits of an account id, as a string');
}

function must(what: string, value: string, pattern: RegExp, expected: string): void {
  if (Token.isUnresolved(value) || pattern.test(value)) return;
  throw new Error(`${what} must be ${expected}, got '${value.slice(0, 100)}'`);
}
