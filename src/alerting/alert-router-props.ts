import type { Duration } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { AlertSource } from './alert-source';
import type { Runbooks } from './runbooks';
import type { UsualActivity } from './usual-activity';

/** Options of `AlertRouter`. */
export interface AlertRouterProps {
  /**
   * Who is told. In production there must be at least one, or `subscribe` is called.
   *
   * @default - nobody yet
   */
  readonly subscriptions?: sns.ITopicSubscription[];

  /**
   * Where alerts come from.
   *
   * @default - everywhere
   */
  readonly sources?: AlertSource[];

  /**
   * The least severity that alerts, where the source rates its findings: from 0 to 10, as GuardDuty counts. 4 is medium, 7 high,
   * 9 critical.
   *
   * @default 4
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
   */
  readonly minimumSeverity?: number;

  /**
   * Activity that is usual, and does not alert.
   *
   * @default - none
   */
  readonly usualActivity?: UsualActivity[];

  /**
   * For how long the same alert, with the same severity and the same state, is not told again. 1 minute to 7 days.
   *
   * @default Duration.hours(6)
   */
  readonly foldFor?: Duration;

  /**
   * Runbooks that the app deploys: alerts link to them.
   *
   * @default - alerts link to the pages alone
   */
  readonly runbooks?: Runbooks;

  /**
   * Where the pages of the runbooks are: a folder with a page for each family, such as `stolen-credentials.md`. It must begin with
   * `https://`.
   *
   * @default - the pages of this library
   */
  readonly runbookPages?: string;

  /**
   * Page that says what to do about alarms: the descriptions of alarms that are made later end with it. It must begin with
   * `https://`.
   *
   * @default - descriptions stay as they are
   */
  readonly alarmRunbook?: string;

  /**
   * Where alarms are sent: those of constructs that are made later, and those on the delivery of alerts itself. A topic of yours gets
   * its subscriptions from you.
   *
   * @default - a topic of its own, with the same subscriptions
   */
  readonly alarmTopic?: sns.ITopic;
}

/** Refuse options that are not right. */
export function checkOptions({ minimumSeverity, foldFor, runbookPages, alarmRunbook }: AlertRouterProps): void {
  checkSeverity(minimumSeverity);
  if (foldFor !== undefined && !(foldFor.toMinutes() >= 1 && foldFor.toDays({ integral: false }) <= 7)) {
    throw new Error(`'foldFor' must be 1 minute to 7 days, got ${foldFor.toHumanString()}: leave it out for 6 hours`);
  }
  for (const [name, link] of Object.entries({ runbookPages, alarmRunbook })) {
    if (link !== undefined && !/^https:\/\/[\x21-\x7e]+$/.test(link))
      throw new Error(`'${name}' must be a link that begins with https://, got '${link}'`);
  }
}

/** Refuse a severity that is out of range. */
export function checkSeverity(minimumSeverity?: number): void {
  if (minimumSeverity === undefined || (minimumSeverity >= 0 && minimumSeverity <= 10)) return;
  throw new Error(`'minimumSeverity' must be a number from 0 to 10, got ${minimumSeverity}: 4 is medium, 7 high, 9 critical`);
}
