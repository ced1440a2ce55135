import { Token } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { WatchedUse } from './watched-use';

/** Options of `BreakGlassWatch`: a role or a permission set. */
export interface BreakGlassWatchProps {
  /**
   * The role for emergencies.
   *
   * @default - a permission set is watched
   */
  readonly roleArn?: string;

  /**
   * The name of the permission set for emergencies: its use in this account is watched, whoever assigned it.
   *
   * @default - a role is watched
   */
  readonly permissionSet?: string;

  /**
   * Who is told at once: a topic whose subscribers read everything, such as the `alarmTopic` of an `AlertRouter`.
   *
   * @default - the topic of the environment for alarms; there must be one
   */
  readonly alertTopic?: sns.ITopic;
}

/**
 * Tells at once when emergency access is used in an account and Region, and opens an item for its review: for a role that is there already,
 * for the further Regions of a `BreakGlass`, or for a permission set in the accounts that it is assigned in.
 *
 * What it creates: a rule of EventBridge, a role to open items in OpsCenter of Systems Manager, and a queue with an alarm for what could not
 * be told. Items are billed by number, the alarm by month.
 *
 * @example
 * declare const alerts: AlertRouter;
 *
 * new BreakGlassWatch(this, 'BreakGlassWatch', { permissionSet: PermissionSets.BREAK_GLASS, alertTopic: alerts.alarmTopic });
 */
export class BreakGlassWatch extends Construct {
  /** Tells of use. */
  public readonly rule: events.IRule;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when neither a role nor a permission set is named, or both are, or not as AWS writes them, and when there is nobody to tell.
   */
  constructor(scope: Construct, id: string, props: BreakGlassWatchProps) {
    super(scope, id);
    const { roleArn, permissionSet, alertTopic } = props;
    const { asked, refused } = watched(roleArn, permissionSet);
    this.rule = new WatchedUse(this, 'Use', {
      what: permissionSet ? `the permission set ${permissionSet}` : 'the break-glass role',
      pattern: {
        source: ['aws.sts'],
        detail: {
          eventSource: ['sts.amazonaws.com'],
          eventName: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
          // A request that is refused may have no parameters in CloudTrail: then the role is in the message alone.
          $or: [{ requestParameters: { roleArn: [asked] } }, { errorMessage: [refused] }],
        },
      },
      // Of people of Identity Center the name of the session tells who it is.
      who: ['$.detail.userIdentity.arn', '$.detail.requestParameters.roleSessionName'],
      alertTopic,
    }).rule;
  }
}

/** The role as a request names it, and as the message of a refusal does. Those of permission sets have other names in each account. */
function watched(roleArn?: string, permissionSet?: string): { readonly asked: unknown; readonly refused: unknown } {
  if ((roleArn === undefined) === (permissionSet === undefined))
    throw new Error(
      `a BreakGlassWatch must have either 'roleArn' or 'permissionSet', got ${roleArn === undefined ? 'none' : 'both'}: set one of them`,
    );
  if (permissionSet !== undefined) {
    if (!/^[\w+=,.@-]{1,32}$/.test(permissionSet))
      throw new Error(`'permissionSet' must be 1 to 32 letters, digits and '_+=,.@-', got '${permissionSet}'`);
    const wildcard = `*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${permissionSet}_*`;
    return { asked: { wildcard }, refused: { wildcard } };
  }
  if (!Token.isUnresolved(roleArn) && !/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(roleArn!))
    throw new Error(`'roleArn' must be the ARN of a role, got '${roleArn}'`);
  return { asked: roleArn, refused: { wildcard: `*${roleArn}*` } };
}
