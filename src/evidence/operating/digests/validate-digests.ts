import type { Period } from '../collector';
import { walkBackfillChain } from './backfill-chain';
import type { DigestTools } from './check-digest';
import { Coverage } from './coverage';
import { listDigests } from './digest-listing';
import { digestFolder, s3Uri } from './digest-place';
import { type Step, type WalkState, walkStandardChain } from './standard-chain';

const HOUR = 3_600_000;

/** A digest file is written after its hour: what ended later than this long ago is not asked for yet. */
const DELIVERY = 2 * HOUR;

/** Where a validation is, as JSON: it can go on from there. */
export interface ValidationState {
  /** Up to when digest files were due. */
  readonly due: string;
  /** Where the standard chain is; none when that one is done. */
  readonly walk?: WalkState;
  /** Milliseconds of the period that are covered. */
  readonly covered: number;
}

/** A step of a validation, with where it is then. */
export interface ValidationStep extends Step {
  readonly state: ValidationState;
}

/**
 * Prove that the log files of a trail, about one account in one Region, are those that CloudTrail delivered over a period.
 *
 * Beyond what the AWS CLI validates: digest files must cover every moment of the period once, and each must be the one that the next was
 * written after. What it cannot tell: whether a backfill digest file lacks that no other leads to, and whether somebody put a log file
 * there that no digest file lists. It yields every digest file with what was found, newest first.
 *
 * @param from - where an earlier validation of the same period was.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export async function* validateDigests(
  period: Period,
  now: Date,
  tools: DigestTools,
  from?: ValidationState,
): AsyncGenerator<ValidationStep> {
  const due = from ? new Date(from.due) : dueOf(period, now);
  const { standard, backfill } = await listDigests(tools, period);
  const until = { from: period.from, to: due };
  let covered = from?.covered ?? 0;
  if (!from || from.walk) {
    const { bucket, prefix } = tools.place;
    const folder = s3Uri({ bucket, key: prefix + digestFolder(tools.place, tools.chain) });
    const coverage = new Coverage(until, folder, from?.walk?.coverage);
    for await (const { state: walk, ...step } of walkStandardChain(standard, until, coverage, tools, from?.walk)) {
      covered = coverage.state.covered;
      yield { ...step, state: { due: due.toISOString(), covered, walk } };
    }
  }
  // There are few: one that is interrupted starts again.
  const state = { due: due.toISOString(), covered };
  yield { problems: [], state };
  for await (const step of walkBackfillChain(backfill, until, tools)) yield { ...step, state };
}

function dueOf({ from, to }: Period, now: Date): Date {
  return new Date(Math.max(from.getTime(), Math.min(to.getTime(), now.getTime() - DELIVERY)));
}
