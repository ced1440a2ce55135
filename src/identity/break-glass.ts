import { Duration, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BreakGlassWatch } from './break-glass-watch';

/** The longest session, in which a second factor must also have been shown. */
const SESSION = Duration.hours(1);

/** Options of `BreakGlass`. */
export interface BreakGlassProps {
  /**
   * Who may use the role: ARNs of users or roles, each named. A second factor is asked for at the request itself. Sessions of Identity Center do
   * not say whether there was one, so these are users of IAM with a hardware key, one for each person who may be called.
   */
  readonly trustedArns: string[];

  /**
   * What the role may do. Administrative policies of AWS are what emergencies take mostly, and what rules object to: declare an exception with
   * a reason, an owner and an end.
   */
  readonly managedPolicies: iam.IManagedPolicy[];

  /**
   * The name of the role, which people must know by heart, and which `OrganizationGuardrails` lets through.
   *
   * @default BreakGlass
   */
  readonly roleName?: string;

  /**
   * Who is told at once: a topic whose subscribers read everything, such as the `alarmTopic` of an `AlertRouter`.
   *
   * @default - the topic of the environment for alarms; there must be one
   */
  readonly alertTopic?: sns.ITopic;
}

/**
 * A role for emergencies, when the usual way in does not work or is not enough: named people, with a second factor, for an hour, told at
 * once and reviewed afterwards.
 *
 * Each use publishes to the topic and opens an item in OpsCenter of Systems Manager, which stays open until somebody says why it was needed
 * and resolves it; that is the record of the review. Attempts that are refused are told as well, where the refusal names the role: that of a
 * wrong second factor does not. CloudTrail must be on.
 *
 * STS records a request in the Region that it was made in, and requests without a Region in us-east-1: make a `BreakGlassWatch` of the role
 * in each Region that you use, and there.
 *
 * What it creates: a role; a rule of EventBridge with a role to open items, and a queue with an alarm for what could not be
 * told. Items of OpsCenter are billed by number, the alarm by month.
 *
 * @example
 * declare const alerts: AlertRouter;
 *
 * new BreakGlass(this, 'BreakGlass', {
 *   trustedArns: ['arn:aws:iam::111122223333:user/break-glass/ana', 'arn:aws:iam::111122223333:user/break-glass/ben'],
 *   managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')],
 *   alertTopic: alerts.alarmTopic,
 * });
 *
 * @see https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_emergency_process.html
 */
export class BreakGlass extends Construct {
  /** The role. */
  public readonly role: iam.Role;
  /** Tells of its use in this Region. */
  public readonly watch: BreakGlassWatch;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when nobody is trusted or not by name, when the role may do nothing, and when there is nobody to tell.
   */
  constructor(scope: Construct, id: string, props: BreakGlassProps) {
    super(scope, id);
    const { trustedArns, managedPolicies, roleName = 'BreakGlass', alertTopic } = props;
    checkTrusted(trustedArns);
    if (managedPolicies.length === 0)
      throw new Error(
        "'managedPolicies' of a BreakGlass must name one policy at least, got none: without it the role may do nothing",
      );
    this.role = new iam.Role(this, 'Role', {
      roleName,
      description: 'For emergencies only. Every use is told at once and reviewed afterwards',
      maxSessionDuration: SESSION,
      managedPolicies,
      assumedBy: new iam.CompositePrincipal(...trustedArns.map((arn) => new iam.ArnPrincipal(arn))).withConditions({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': String(SESSION.toSeconds()) },
      }),
    });
    this.watch = new BreakGlassWatch(this, 'Watch', { roleArn: this.role.roleArn, alertTopic });
  }
}

const NAMED = /^arn:[\w-]+:iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/;

function checkTrusted(arns: readonly string[]): void {
  const wrong = arns.find((arn) => !Token.isUnresolved(arn) && !NAMED.test(arn));
  if (wrong === undefined && arns.length > 0) return;
  throw new Error(
    `'trustedArns' of a BreakGlass must be ARNs of users or roles, such as 'arn:aws:iam::111122223333:user/ana', got ${
      wrong === undefined ? 'none' : `'${wrong}'`
    }: name each person, and no whole account`,
  );
}
