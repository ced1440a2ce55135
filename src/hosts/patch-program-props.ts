import type { Duration } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { FindingDeadlines } from '../detection/finding-deadlines';
import type { PatchedSystem } from './patched-system';

/** Options of `PatchProgram`. */
export interface PatchProgramProps {
  /**
   * Operating systems that get a baseline. Servers of others are scanned by the baseline of AWS for them.
   *
   * @default - Amazon Linux 2 and 2023, Ubuntu, Red Hat Enterprise Linux and Windows Server; baselines cost nothing
   */
  readonly systems?: PatchedSystem[];

  /**
   * The value of the tag `PatchGroup` of servers that the baselines are for: 1 to 64 letters, digits, `.`, `_` and `-`. One program of an
   * account and Region can have it.
   *
   * @default - `soc2-production`, `soc2-staging` or `soc2-development`, by the environment
   */
  readonly patchGroup?: string;

  /**
   * Days after its release on which a patch is approved. 0 to 360. Security updates of Ubuntu are approved at once: its repositories do not
   * say when they were released.
   *
   * @default - 4 in production; 0 elsewhere, so that other environments have them for three days before production
   */
  readonly approveAfterDays?: number;

  /**
   * When patches are installed, in UTC.
   *
   * @default - at 02:00: on Sundays in production, every night elsewhere
   */
  readonly installSchedule?: events.Schedule;

  /**
   * How long installing may take. Whole hours, 2 to 24; in the last hour nothing more is begun. It decides how many servers are patched at
   * the same time: as few as can be.
   *
   * @default Duration.hours(5)
   */
  readonly installDuration?: Duration;

  /**
   * Whether servers restart when a patch needs it. Without, such a patch takes effect only when somebody restarts the server, and counts as
   * missing until then.
   *
   * @default true
   */
  readonly rebootIfNeeded?: boolean;

  /**
   * Days in which missing patches are to be installed, by how severe they are; an alarm tells of those that are overdue. They count from the
   * day on which the patch is first seen to be missing, after it was approved.
   *
   * @default - 15 days for critical patches, 30 for high, 90 for medium, 180 for low ones
   */
  readonly deadlines?: FindingDeadlines;

  /**
   * Days after which the newest image of a repository of ECR is stale. 1 to 3,650.
   *
   * @default 30
   */
  readonly imageDays?: number;

  /**
   * Where evidence goes: what servers are and which patches they have, as it changes, and a report a day. A key of the bucket must let
   * Systems Manager use it if it is not of this app.
   *
   * @default - a `SecureBucket` of its own
   */
  readonly evidenceBucket?: s3.IBucket;

  /**
   * What names of evidence begin with. Letters, digits and `!-_.*'()/`, a slash at the end.
   *
   * @default patches/
   */
  readonly evidencePrefix?: string;

  /**
   * Where alarms are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}
