import type { Period } from '../collector';
import { type CheckedDigest, checkDigest, type DigestTools, type NextDigest } from './check-digest';
import type { Coverage, CoverageState, Uncovered } from './coverage';
import type { Digest, PreviousDigest } from './digest';
import type { ListedDigest } from './digest-listing';
import { type FileName, isOfChain, keyInArchive, readDigestName, s3Uri } from './digest-place';
import type { DigestProblem } from './digest-problem';

const HOUR = 3_600_000;

/** What a step along a chain found. */
export interface Step {
  readonly checked?: CheckedDigest;
  /** Problems of the chain, beyond those of the file. */
  readonly problems: readonly DigestProblem[];
  readonly uncovered?: Uncovered;
}

/** Where a walk is, as JSON. */
export interface WalkState {
  /** The file that is to be read; none when only what is left is to be told. */
  readonly at?: FileName;
  readonly next?: NextDigest;
  /** What a digest file without a signature told of the one before it. */
  readonly told?: PreviousDigest;
  readonly coverage: CoverageState;
}

/**
 * Walk the chain of hourly digest files back from the end of a period to its start.
 *
 * It goes where each digest file leads, and where one leads nowhere, to the newest older one that is there. Every moment of the period is
 * either covered by a digest file that CloudTrail signed, or reported.
 */
export async function* walkStandardChain(
  listed: readonly ListedDigest[],
  period: Period,
  coverage: Coverage,
  tools: DigestTools,
  from?: WalkState,
): AsyncGenerator<Step & { readonly state?: WalkState }> {
  let { at, next, told }: Omit<WalkState, 'coverage'> = from ?? { at: listed[0]?.file };
  while (at) {
    const file: FileName = at;
    const { endTime } = readDigestName(file)!;
    const signature = told && s3Uri(told) === s3Uri(file) ? told.signature : undefined;
    const checked: CheckedDigest = await checkDigest(file, tools, 'standard', next, signature);
    const { digest } = checked;
    // It was listed for what it tells of the one before it.
    const isBeyond = digest ? digest.start >= period.to : endTime.getTime() >= period.to.getTime() + HOUR;
    const found = digest && !isBeyond ? coverage.add(digest) : { problems: [] };
    const isEnd: boolean = digest !== undefined && digest.start <= period.from;
    const lead: Lead = digest && !isEnd ? leadOf(file, endTime, digest, tools) : { why: `${s3Uri(file)} proves nothing` };
    if (lead.why !== undefined && !isBeyond && !isEnd) coverage.explain(lead.why);
    const passed = lead.to ? listed.filter(({ name }) => name.endTime < endTime && name.endTime > lead.to!.name.endTime) : [];
    const older = lead.to ?? listed.find(({ name }) => name.endTime < endTime);
    at = !isEnd && older && older.name.endTime > period.from ? older.file : undefined;
    next = lead.to && digest && { file, previous: digest.previous };
    told = checked.unproven?.previous ?? undefined;
    const problems = [
      ...found.problems,
      ...(lead.problem && !isBeyond ? [lead.problem] : []),
      ...passed.map((skipped) => passedBy(skipped.file, file)),
    ];
    yield { ...(!isBeyond && { checked }), ...found, problems, state: { at, next, told, coverage: { ...coverage.state } } };
  }
  yield coverage.rest();
}

/** Where a digest file leads to, or why it leads nowhere. */
interface Lead {
  readonly to?: ListedDigest;
  readonly why?: string;
  readonly problem?: DigestProblem;
}

function leadOf(file: FileName, endTime: Date, { start, previous }: Digest, { chain, place }: DigestTools): Lead {
  const astray = (kind: DigestProblem['kind'], why: string): Lead => ({
    why,
    problem: { kind, file: s3Uri(file), message: why },
  });
  if (!previous) return astray('chain-restarted', `a chain starts with it: nothing is proven before ${start.toISOString()}`);
  const name = readDigestName(previous);
  if (!name || name.isBackfill || !isOfChain(name, chain))
    return astray('digest-foreign', `it leads to ${s3Uri(previous)}, which is none of this chain`);
  if (keyInArchive(previous, place) === undefined)
    return astray('digest-elsewhere', `it leads to ${s3Uri(previous)}, which was not read`);
  if (name.endTime >= endTime) return astray('chain-broken', `it leads to ${s3Uri(previous)}, which is not before it`);
  return { to: { file: { bucket: previous.bucket, key: previous.key }, name } };
}

function passedBy(skipped: FileName, by: FileName): DigestProblem {
  return { kind: 'digest-unlinked', file: s3Uri(skipped), message: `${s3Uri(by)} leads past it` };
}
