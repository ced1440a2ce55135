import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as sso from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';
import { checkAssignments, checkInstance, checkNames, checkSet, mostHours, sessionOf } from './permission-set-checks';
import type { PermissionSetAssignment, PermissionSetOptions, PermissionSetsProps } from './permission-set-options';
import { AUDITOR, BREAK_GLASS, POWER_USER, READ_ONLY, standardPermissionSets } from './standard-permission-sets';
import { WatchedUse } from './watched-use';

/**
 * What people may do once they signed in with IAM Identity Center, and in which accounts: a few permission sets, given to groups.
 *
 * | set | allows | and not |
 * |---|---|---|
 * | `ReadOnly` | to look at everything | secrets, and what a key protects |
 * | `PowerUser` | to operate a system | to change who has access, to switch off logs, detection and backups |
 * | `Auditor` | to look at how everything is set up | to read data; anything from `auditorAccessEnds` on |
 * | `BreakGlass` | everything, for an hour | to do so unnoticed |
 *
 * Sessions end after 4 hours; after 8 where a set is only for accounts that are not production. Each use of `BreakGlass` is told at once,
 * and opens an item in OpsCenter of Systems Manager that stays open until somebody reviewed it. Sessions may be recorded in the account of
 * Identity Center alone: where a delegated administrator makes the sets, make a `BreakGlassWatch` in each account that `BreakGlass` is
 * assigned in.
 *
 * It belongs into the account and Region of Identity Center, or of its delegated administrator, who cannot assign sets in the management
 * account. That a second factor is asked for is a setting of the directory, which has no API. Names and limits are checked at synthesis.
 *
 * What it creates: permission sets and assignments, and for `BreakGlass` a rule of EventBridge with a role, and a queue with
 * an alarm. Sets cost nothing; items of OpsCenter are billed by number, the alarm by month.
 *
 * @example
 * declare const alerts: AlertRouter;
 *
 * new PermissionSets(this, 'PermissionSets', {
 *   instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
 *   alertTopic: alerts.alarmTopic,
 *   nonProductionAccounts: ['444455556666'],
 *   assignments: [
 *     {
 *       permissionSet: PermissionSets.READ_ONLY,
 *       groupId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
 *       accounts: ['111122223333', '444455556666'],
 *     },
 *   ],
 * });
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
 */
export class PermissionSets extends Construct {
  /** The name of the set that looks at everything. */
  public static readonly READ_ONLY = READ_ONLY;
  /** The name of the set that operates a system. */
  public static readonly POWER_USER = POWER_USER;
  /** The name of the set for auditors. */
  public static readonly AUDITOR = AUDITOR;
  /** The name of the set for emergencies. */
  public static readonly BREAK_GLASS = BREAK_GLASS;

  /** The permission sets, by their names. */
  public readonly sets: Record<string, sso.CfnPermissionSet> = {};
  /** Tells of the use of the set for emergencies; not set where that is not made. */
  public readonly breakGlassRule?: events.IRule;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a name, a description, a policy, a duration, an account or a group is not what Identity Center takes, when a name is there
   * twice, when an assignment names no set, and when there is nobody to tell of the use of `BreakGlass`.
   */
  constructor(scope: Construct, id: string, props: PermissionSetsProps) {
    super(scope, id);
    const { instanceArn, assignments = [], nonProductionAccounts = [], ownSets = [], alertTopic } = props;
    const all = [...chosen(props), ...ownSets];
    checkInstance(instanceArn);
    checkNames(all);
    for (const set of all) checkSet(Stack.of(this), set);
    checkAssignments(
      props,
      all.map(({ name }) => name),
    );
    for (const set of all) {
      const session = sessionOf(set, mostHours(set.name, assignments, nonProductionAccounts));
      this.sets[set.name] = this.makeSet(instanceArn, set, session);
    }
    for (const assignment of assignments) this.assign(instanceArn, assignment);
    if (this.sets[BREAK_GLASS]) {
      this.breakGlassRule = new WatchedUse(this, 'BreakGlassUse', {
        what: `the permission set ${BREAK_GLASS}`,
        // Identity Center tells of each session it opens, in a browser or for the command line, in whichever account.
        pattern: {
          detail: { eventName: ['Federate', 'GetRoleCredentials'], serviceEventDetails: { role_name: [BREAK_GLASS] } },
        },
        who: ['$.detail.userIdentity.userName', '$.detail.userIdentity.onBehalfOf.userId'],
        alertTopic,
      }).rule;
    }
  }

  private makeSet(instanceArn: string, set: PermissionSetOptions, sessionDuration: string): sso.CfnPermissionSet {
    const { name, description, managedPolicies, accountPolicies, inlinePolicy } = set;
    return new sso.CfnPermissionSet(
      this,
      name.replace(/\W/g, (sign) => `_${sign.charCodeAt(0)}`),
      {
        instanceArn,
        name,
        description,
        sessionDuration,
        managedPolicies: managedPolicies?.map(({ managedPolicyArn }) => managedPolicyArn),
        customerManagedPolicyReferences: accountPolicies?.map((policy) => ({ name: policy })),
        inlinePolicy,
      },
    );
  }

  private assign(instanceArn: string, { permissionSet, groupId, accounts }: PermissionSetAssignment): void {
    for (const account of accounts) {
      // A group may be one that the app makes, whose id only deployment knows.
      const whom = Stack.of(this).resolve([permissionSet, groupId]);
      const hash = createHash('sha256').update(JSON.stringify(whom)).digest('hex').slice(0, 12);
      new sso.CfnAssignment(this, `${permissionSet.replace(/\W/g, '')}${account}${hash}`, {
        instanceArn,
        permissionSetArn: this.sets[permissionSet].attrPermissionSetArn,
        principalType: 'GROUP',
        principalId: groupId,
        targetType: 'AWS_ACCOUNT',
        targetId: account,
      });
    }
  }
}

/** The standard sets that are wanted. */
function chosen({ standardSets, auditorAccessEnds }: PermissionSetsProps): PermissionSetOptions[] {
  const standard = standardPermissionSets(auditorAccessEnds);
  const names = standard.map(({ name }) => name);
  const unknown = standardSets?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`'standardSets' must be some of ${names.join(', ')}, got '${unknown}': put sets of your own into 'ownSets'`);
  if (auditorAccessEnds && standardSets && !standardSets.includes(AUDITOR))
    throw new Error("'auditorAccessEnds' must be left out where 'standardSets' has no Auditor, got both");
  return standard.filter(({ name }) => standardSets?.includes(name) ?? true);
}
