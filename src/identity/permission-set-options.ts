import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';

/** A permission set of your own. */
export interface PermissionSetOptions {
  /** Its name: 1 to 32 letters, digits and `_+=,.@-`. People see it when they sign in. */
  readonly name: string;

  /** Whom it is for, and what they may do with it: 1 to 700 characters of Latin script. Whoever reviews access reads it. */
  readonly description: string;

  /**
   * Policies of AWS that it consists of. No more than 20 together with those of the accounts.
   *
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * Names of policies that each account has to have. No more than 20 together with those of AWS.
   *
   * @default - none
   */
  readonly accountPolicies?: string[];

  /**
   * What it allows and denies itself. At most 32,768 characters.
   *
   * @default - nothing of its own
   * @see https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html
   */
  readonly inlinePolicy?: iam.PolicyDocument;

  /**
   * For how long a session lasts: from 1 hour on, to 8 hours where the set is only for accounts that are not production, and to 4 hours
   * elsewhere.
   *
   * @default - as long as it may
   */
  readonly sessionDuration?: Duration;
}

/** Who has a permission set where: a group of people, never a single person. */
export interface PermissionSetAssignment {
  /** The name of a permission set: one of `PermissionSets`, such as `PermissionSets.READ_ONLY`, or one of your own. */
  readonly permissionSet: string;

  /**
   * The group in Identity Center, by its id. It looks like `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`, with ten more characters before it in
   * older directories.
   */
  readonly groupId: string;

  /** The accounts: 12 digits each. */
  readonly accounts: string[];
}

/** Options of `PermissionSets`. */
export interface PermissionSetsProps {
  /**
   * The instance of IAM Identity Center, which is there already: `arn:aws:sso:::instance/ssoins-…`. The one of an organization is made by
   * hand.
   */
  readonly instanceArn: string;

  /**
   * Which of the standard permission sets are made, by name. Leave out what the instance has already.
   *
   * @default - all four
   */
  readonly standardSets?: string[];

  /**
   * Permission sets of your own.
   *
   * @default - none
   */
  readonly ownSets?: PermissionSetOptions[];

  /**
   * Who has which permission set where.
   *
   * @default - nobody has any
   */
  readonly assignments?: PermissionSetAssignment[];

  /**
   * Accounts that are not production. Sessions of sets that are assigned in these alone last up to 8 hours; everywhere else up to 4, for an
   * account that nobody says anything about is taken for production.
   *
   * @default - none: every account is production
   */
  readonly nonProductionAccounts?: string[];

  /**
   * When auditors are done: from then on the set for them allows nothing.
   *
   * @default - it does not end
   */
  readonly auditorAccessEnds?: Date;

  /**
   * Who is told at once when somebody uses the set for emergencies: a topic whose subscribers read everything, such as the `alarmTopic` of an
   * `AlertRouter`.
   *
   * @default - the topic of the environment for alarms; there must be one where the set for emergencies is made
   */
  readonly alertTopic?: sns.ITopic;
}
