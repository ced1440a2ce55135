import { BackupClient } from '@aws-sdk/client-backup';
import { S3Client } from '@aws-sdk/client-s3';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { type AbsenceCall, METRICS, VARIABLES } from '../restore-messages';
import { publish } from '../restore-shared/metrics';
import { type Population, population } from './population';
import { lastSuccess } from './tickets';

/** What the function works with. */
export interface Tools {
  readonly backup: BackupClient;
  readonly s3: S3Client;
  readonly bucket: string;
  readonly plan: string;
  readonly overdueHours: number;
  readonly publish: typeof publish;
  readonly now: () => number;
}

/** What the comparison found. */
export interface Comparison {
  readonly resources: number;
  readonly untested: readonly string[];
}

/**
 * Compare what should be tested with the tickets.
 *
 * Restore testing skips a resource that has no recovery point in its window, and says nothing. So each day every resource gets the
 * hours since its last ticket that passed, or since it was first seen.
 */
export function makeHandler({ backup, s3, bucket, plan, overdueHours, publish, now }: Tools) {
  return async ({ watched }: AbsenceCall): Promise<Comparison> => {
    const resources: readonly Population[] = await population(backup, watched);
    const untested: string[] = [];
    let most = 0;
    for (const { kind, source } of resources) {
      const since = await lastSuccess(s3, bucket, kind, source);
      const hours = Math.max(0, (now() - since) / 3_600_000);
      most = Math.max(most, hours);
      if (hours > overdueHours) untested.push(source);
      publish(
        plan,
        { [METRICS.hoursSinceLastSuccess]: hours },
        { ResourceType: kind, ResourceName: source.split(/[:/]/).at(-1)! },
      );
    }
    publish(
      plan,
      { [METRICS.untestedResources]: untested.length, ...(resources.length === 0 && { [METRICS.hoursSinceLastSuccess]: most }) },
      {},
    );
    for (const source of untested) console.warn(`${source} was not restored and checked for more than ${overdueHours} hours`);
    return { resources: resources.length, untested };
  };
}

export const handler = (call: AbsenceCall) =>
  makeHandler({
    backup: new BackupClient(CLIENT_OPTIONS),
    s3: new S3Client(CLIENT_OPTIONS),
    bucket: process.env[VARIABLES.bucket]!,
    plan: process.env[VARIABLES.plan]!,
    overdueHours: Number(process.env[VARIABLES.overdueHours]),
    publish,
    now: () => Date.now(),
  })(call);
