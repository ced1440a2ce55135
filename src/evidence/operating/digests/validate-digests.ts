import type { Period } from '../collector';
import { walkBackfillChain } from './backfill-chain';
import type { CheckedDigest, DigestTools } from './check-digest';
import { Coverage, type Uncovered } from './coverage';
import { listDigests } from './digest-listing';
import { digestFolder, s3Uri } from './digest-place';
import type { DigestProblem } from './digest-problem';
import { type Step, walkStandardChain } from './standard-chain';

const HOUR = 3_600_000;

/** A digest file is written after its hour: what ended later than this long ago is not asked for yet. */
const DELIVERY = 2 * HOUR;

export interface Tally {
  readonly valid: number;
  readonly invalid: number;
}

/** What became of a validation. */
export interface DigestValidation {
  /** The period, up to where digest files were due. */
  readonly period: Period;
  /** Everything that is wrong; empty when every log file of the period is there as it was delivered. */
  readonly problems: readonly DigestProblem[];
  readonly uncovered: readonly Uncovered[];
  readonly digests: { readonly standard: Tally; readonly backfill: Tally };
  readonly logFiles: Tally;
  readonly hours: { readonly due: number; readonly covered: number };
}

/**
 * Prove that the log files of a trail, about one account in one Region, are those that CloudTrail delivered over a period.
 *
 * Beyond what the AWS CLI validates: digest files must cover every moment of the period once, and each must be the one that the next was
 * written after. What no validation can tell: whether a backfill digest file lacks that no other leads to. It yields every digest file with
 * what was found, newest first, and returns what became of all.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export async function* validateDigests(
  { from, to }: Period,
  now: Date,
  tools: DigestTools,
): AsyncGenerator<CheckedDigest, DigestValidation> {
  const due = new Date(Math.max(from.getTime(), Math.min(to.getTime(), now.getTime() - DELIVERY)));
  const period = { from, to: due };
  const { standard, backfill } = await listDigests(tools, { from, to });
  const { bucket, prefix } = tools.place;
  const coverage = new Coverage(period, s3Uri({ bucket, key: prefix + digestFolder(tools.place, tools.chain) }));
  const found = new Findings();
  for (const chain of [walkStandardChain(standard, period, coverage, tools), walkBackfillChain(backfill, period, tools)])
    for await (const step of chain) {
      found.add(step);
      if (step.checked) yield { ...step.checked, problems: [...step.checked.problems, ...step.problems] };
    }
  const hours = { due: inHours(due.getTime() - from.getTime()), covered: inHours(coverage.covered) };
  return { period, ...found.result, hours };
}

class Findings {
  private readonly problems: DigestProblem[] = [];
  private readonly uncovered: Uncovered[] = [];
  private readonly digests = { standard: { valid: 0, invalid: 0 }, backfill: { valid: 0, invalid: 0 } };
  private readonly logFiles = { valid: 0, invalid: 0 };

  public get result(): Pick<DigestValidation, 'problems' | 'uncovered' | 'digests' | 'logFiles'> {
    const { problems, uncovered, digests, logFiles } = this;
    return { problems, uncovered, digests, logFiles };
  }

  public add({ checked, problems, uncovered }: Step): void {
    this.problems.push(...(checked?.problems ?? []), ...problems);
    if (uncovered) this.uncovered.push(uncovered);
    if (!checked) return;
    const wrongLogs = checked.problems.filter(({ kind }) => kind.startsWith('log-')).length;
    const isValid = checked.digest !== undefined && checked.problems.length === wrongLogs;
    this.digests[checked.kind][isValid ? 'valid' : 'invalid']++;
    this.logFiles.invalid += wrongLogs;
    this.logFiles.valid += (checked.digest?.logs.length ?? 0) - wrongLogs;
  }
}

function inHours(milliseconds: number): number {
  return Math.round((milliseconds / HOUR) * 100) / 100;
}
