import type { Period } from '../collector';
import { type CheckedDigest, checkDigest, type DigestTools } from './check-digest';
import type { Coverage, Uncovered } from './coverage';
import type { Digest, PreviousDigest } from './digest';
import type { ListedDigest } from './digest-listing';
import { isOfChain, keyInArchive, readDigestName, s3Uri } from './digest-place';
import type { DigestProblem } from './digest-problem';

const HOUR = 3_600_000;

/** What a step along a chain found. */
export interface Step {
  readonly checked?: CheckedDigest;
  /** Problems of the chain, beyond those of the file. */
  readonly problems: readonly DigestProblem[];
  readonly uncovered?: Uncovered;
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
): AsyncGenerator<Step> {
  let at: ListedDigest | undefined = listed[0];
  let next: Digest | undefined;
  let unproven: Digest | undefined;
  while (at) {
    const told: PreviousDigest | null | undefined = unproven?.previous;
    const signature = told && s3Uri(told) === s3Uri(at.file) ? told.signature : undefined;
    const checked: CheckedDigest = await checkDigest(at.file, tools, 'standard', next, signature);
    const { digest } = checked;
    const isBeyond: boolean = digest ? digest.start >= period.to : at.name.endTime.getTime() >= period.to.getTime() + HOUR;
    if (!isBeyond) yield { checked, ...(digest ? coverage.add(digest) : { problems: [] }) };
    if (digest && digest.start <= period.from) return;
    const lead: Lead = digest ? leadOf(at, digest, tools) : { why: `${s3Uri(at.file)} proves nothing` };
    if (lead.problem && !isBeyond) yield { problems: [lead.problem] };
    if (lead.why !== undefined && !isBeyond) coverage.explain(lead.why);
    if (lead.to) {
      const skipped = listed.filter(({ name }) => name.endTime < at!.name.endTime && name.endTime > lead.to!.name.endTime);
      yield { problems: skipped.map(({ file }) => passedBy(file, at!.file)) };
    }
    next = lead.to && digest;
    unproven = checked.unproven;
    const older: ListedDigest | undefined = lead.to ?? listed.find(({ name }) => name.endTime < at!.name.endTime);
    at = older && older.name.endTime > period.from ? older : undefined;
  }
  yield coverage.rest();
}

/** Where a digest file leads to, or why it leads nowhere. */
interface Lead {
  readonly to?: ListedDigest;
  readonly why?: string;
  readonly problem?: DigestProblem;
}

function leadOf({ file, name: { endTime } }: ListedDigest, { start, previous }: Digest, { chain, place }: DigestTools): Lead {
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

function passedBy(skipped: ListedDigest['file'], by: ListedDigest['file']): DigestProblem {
  return { kind: 'digest-unlinked', file: s3Uri(skipped), message: `${s3Uri(by)} leads past it` };
}
