import { type Duration, Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';

/** Options of `AccessReview`. */
export interface AccessReviewProps {
  /** Where reviews are kept. Whoever signs one puts the signed file beside it, and needs the right to. A key of it must let roles of this account use it. */
  readonly bucket: s3.IBucket;

  /**
   * What names of reviews begin with.
   *
   * @default access-reviews/
   */
  readonly prefix?: string;

  /**
   * How many months a review is for: 1, 2, 3, 4, 6 or 12, counted from January.
   *
   * @default 3
   */
  readonly months?: number;

  /**
   * After how long keys are old, and access counts as unused: whole days, 1 to 365.
   *
   * @default Duration.days(90)
   */
  readonly unusedAfter?: Duration;

  /**
   * After how long a review that nobody signed alarms: whole days, 1 to 90.
   *
   * @default Duration.days(14)
   */
  readonly signWithin?: Duration;

  /**
   * The instance of IAM Identity Center: `arn:aws:sso:::instance/ssoins-…`. It can be looked at from the account of the organization and from
   * that of its delegated administrator, in its Region.
   *
   * @default - only users and roles of IAM in this account are looked at
   */
  readonly identityCenterArn?: string;

  /**
   * The directory of Identity Center: `d-…`.
   *
   * @default - only users and roles of IAM in this account are looked at
   */
  readonly identityStoreId?: string;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}

/** Refuse options that are not right. */
export function checkReview({ months = 3, unusedAfter, signWithin, prefix, ...props }: AccessReviewProps): void {
  if (![1, 2, 3, 4, 6, 12].includes(months))
    throw new Error(
      `'months' of an AccessReview must be 1, 2, 3, 4, 6 or 12, got ${months}: a year must be made of whole reviews`,
    );
  mustBeDays('unusedAfter', unusedAfter, 365);
  mustBeDays('signWithin', signWithin, 90);
  if (prefix !== undefined && !/^([\w.-]+\/)+$/.test(prefix))
    throw new Error(`'prefix' of an AccessReview must be folders that end with '/', such as 'access-reviews/', got '${prefix}'`);
  const { identityCenterArn: arn, identityStoreId: store } = props;
  if ((arn === undefined) !== (store === undefined))
    throw new Error(
      `'identityCenterArn' and 'identityStoreId' of an AccessReview must be given together, got only ${arn ? 'the first' : 'the second'}`,
    );
  // The ARN of an instance is also a part of those of its permission sets.
  if (arn !== undefined && !/^arn:[\w-]+:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/.test(arn))
    throw new Error(
      `'identityCenterArn' must be the ARN of an instance, such as 'arn:aws:sso:::instance/ssoins-1234567890abcdef', got '${arn}'`,
    );
  if (store !== undefined && !Token.isUnresolved(store) && !/^[\w-]{1,64}$/.test(store))
    throw new Error(`'identityStoreId' must be the id of a directory, such as 'd-1234567890', got '${store}'`);
}

function mustBeDays(name: string, duration: Duration | undefined, most: number): void {
  const days = duration?.toDays({ integral: false });
  if (days === undefined || (Number.isInteger(days) && days >= 1 && days <= most)) return;
  throw new Error(`'${name}' of an AccessReview must be 1 to ${most} whole days, got ${days}`);
}
