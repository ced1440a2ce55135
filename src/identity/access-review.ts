import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { BundledFunction } from '../functions/bundled-function';
import { mayPut } from '../functions/may-put';
import { type AccessReviewProps, checkReview } from './access-review-props';
import { DIMENSION, METRICS, NAMESPACE, VARIABLES } from './access-review-settings';

/**
 * Who has access to what, every quarter, as a workbook to decide in line by line and to sign.
 *
 * It lists users, roles and their policies, people and groups of Identity Center with their permission sets in each account, when access was last
 * used, second factors, ages of keys, what is unused, what changed since the review before, and uses of emergency access that nobody
 * reviewed. The workbook has columns for decisions and a sheet for signatures; the same is there as JSON.
 *
 * A function looks every day. It writes `<prefix><account>/<day>/access-review-….xlsx` and `access-review.json` once in the months that a
 * review is for, and makes up for days on which it failed. Alarms go off on keys that are too old, credentials nobody uses, users without a
 * second factor, access of the root user, a review that nobody signed in time, and on a function that did not look. A review counts as
 * signed when there is a file below `<day>/signed/`.
 *
 * Uses of emergency access are looked for in this account and Region: a `BreakGlassWatch` elsewhere has its items there.
 *
 * What cannot be read completely is not written. Names are text that somebody chose: cells never hold formulas.
 *
 * What it creates: a function with its role, log and queue; a rule that starts it; alarms. What it costs in kind: 8 metrics and the
 * alarms.
 *
 * @example
 * new AccessReview(this, 'AccessReview', {
 *   bucket: new SecureBucket(this, 'Reviews'),
 *   identityCenterArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
 *   identityStoreId: 'd-1234567890',
 * });
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#remove-credentials
 */
export class AccessReview extends Construct {
  /** The function that looks. */
  public readonly reviewFunction: lambda.IFunction;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a number is out of range, or only one of the two names of Identity Center is given.
   */
  constructor(scope: Construct, id: string, props: AccessReviewProps) {
    super(scope, id);
    checkReview(props);
    const { bucket, prefix = 'access-reviews/', months = 3, unusedAfter = Duration.days(90), alarmTopic } = props;
    const { signWithin = Duration.days(14) } = props;
    const handler = new BundledFunction(this, 'ReviewFunction', {
      handler: 'access-review',
      description: 'list who has access to what, for somebody to review and sign',
      statements: [...this.mayLook(props), ...mayRead(bucket, `${prefix}${Stack.of(this).account}/`), ...mayPut(bucket, prefix)],
      environment: {
        [VARIABLES.bucket]: bucket.bucketName,
        [VARIABLES.prefix]: prefix,
        [VARIABLES.months]: String(months),
        [VARIABLES.days]: String(unusedAfter.toDays()),
        [VARIABLES.review]: this.node.path,
        ...(props.identityCenterArn && props.identityStoreId
          ? { [VARIABLES.instance]: props.identityCenterArn, [VARIABLES.identityStore]: props.identityStoreId }
          : {}),
      },
      timeout: Duration.minutes(15),
      memorySize: 1024,
      deadLetters: true,
      alarmTopic,
    });
    this.reviewFunction = handler;
    new events.Rule(this, 'Daily', {
      description: 'Look at who has access to what',
      schedule: events.Schedule.cron({ hour: '5', minute: '0' }),
      targets: [new targets.LambdaFunction(handler, { deadLetterQueue: handler.deadLetterQueue })],
    });
    this.alarm(unusedAfter.toDays(), signWithin.toDays(), alarmTopic);
  }

  private mayLook({ identityCenterArn, identityStoreId }: AccessReviewProps): iam.PolicyStatement[] {
    const { partition } = Stack.of(this);
    const look = (actions: string[], ...resources: string[]) => new iam.PolicyStatement({ actions, resources });
    return [
      // They are about the account, and have no resources.
      look(
        ['iam:GenerateCredentialReport', 'iam:GetAccountAuthorizationDetails', 'iam:GetCredentialReport', 'ssm:DescribeOpsItems'],
        '*',
      ),
      ...(identityCenterArn && identityStoreId
        ? [
            look(
              [
                'sso:DescribePermissionSet',
                'sso:GetInlinePolicyForPermissionSet',
                'sso:ListAccountAssignments',
                'sso:ListAccountsForProvisionedPermissionSet',
                'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
                'sso:ListManagedPoliciesInPermissionSet',
                'sso:ListPermissionSets',
              ],
              identityCenterArn,
              `arn:${partition}:sso:::permissionSet/${identityCenterArn.split('/').pop()}/*`,
              `arn:${partition}:sso:::account/*`,
            ),
            look(
              ['identitystore:ListGroupMemberships', 'identitystore:ListGroups', 'identitystore:ListUsers'],
              // The directory is in the account of the organization, which may be another.
              `arn:${partition}:identitystore::*:identitystore/${identityStoreId}`,
              ...['group', 'membership', 'user'].map((each) => `arn:${partition}:identitystore:::${each}/*`),
            ),
          ]
        : []),
    ];
  }

  private alarm(days: number, signDays: number, alarmTopic?: sns.ITopic): void {
    const metric = (metricName: string) =>
      new cloudwatch.Metric({
        namespace: NAMESPACE,
        metricName,
        dimensionsMap: { [DIMENSION]: this.node.path },
        statistic: cloudwatch.Stats.MAXIMUM,
        period: Duration.days(1),
      });
    const where = `The log of the function and the latest review of ${this.node.path} count them, and the sheet To do names them.`;
    const some = (name: string, alarmDescription: string) => ({
      metric: metric(name),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      alarmDescription,
    });
    addAlarms(this, alarmTopic, {
      OldKeys: some(METRICS.oldKeys, `Access keys are older than ${days} days: make new ones and delete the old. ${where}`),
      UnusedCredentials: some(
        METRICS.unusedCredentials,
        `Keys or passwords have not been used for ${days} days: ask whose they are, and switch them off. ${where}`,
      ),
      WithoutSecondFactor: some(METRICS.withoutSecondFactor, `Users sign in with a password alone. ${where}`),
      RootAccess: some(METRICS.rootAccess, `The root user has a key, or signs in without a second factor. ${where}`),
      EmergencyUseToReview: {
        ...some(
          METRICS.emergencyUseToReview,
          'Emergency access was used, and nobody reviewed it for a week: resolve its item in OpsCenter of Systems Manager.',
        ),
        evaluationPeriods: 7,
      },
      NotSigned: {
        ...some(
          METRICS.daysUnsigned,
          `A review of ${this.node.path} has waited ${signDays} days for a signature: review it, and put the signed file into its folder signed/.`,
        ),
        threshold: signDays,
      },
      NotLooked: {
        ...some(
          METRICS.oldKeys,
          `Nobody looked at access for 2 days, and a review may be missing: the log of the function of ${this.node.path} says why. After the first deployment it ends by itself.`,
        ),
        threshold: 0,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      },
    });
  }
}

/** The right to find reviews of an account, and to read them. */
function mayRead(bucket: s3.IBucket, folder: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${folder}*` } },
    }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${folder}*`)] }),
  ];
}
