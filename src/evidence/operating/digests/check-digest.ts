import type { Archive } from '../archive';
import { type Digest, DigestError, readDigest } from './digest';
import { type DigestChain, type DigestPlace, type FileName, keyInArchive, s3Uri } from './digest-place';
import type { DigestProblem } from './digest-problem';
import { checkLogFiles } from './log-files';
import type { PublicKeys } from './public-keys';
import { proveSignature } from './signature';

/** What digest files are judged with. */
export interface DigestTools {
  readonly archive: Archive;
  /** What the archive holds. */
  readonly place: DigestPlace;
  readonly keys: PublicKeys;
  readonly chain: DigestChain;
}

/** A digest file with what is wrong with it and its log files. */
export interface CheckedDigest {
  readonly file: FileName;
  readonly kind: 'standard' | 'backfill';
  /** What it tells, when CloudTrail signed it. Otherwise nothing in it proves anything. */
  readonly digest?: Digest;
  /** What it tells, when its signature was lost: the signature of the one before, which proves itself. */
  readonly unproven?: Digest;
  readonly problems: readonly DigestProblem[];
}

/** A digest file that CloudTrail signed, as far as the one before it is judged by it. */
export type NextDigest = Pick<Digest, 'file' | 'previous'>;

/**
 * Judge a digest file by itself, by what the next one tells of it, and by its log files.
 *
 * @param next - the digest file that leads to it, when CloudTrail signed that one.
 * @param told - its signature, as one tells that lost its own.
 */
export async function checkDigest(
  file: FileName,
  tools: DigestTools,
  kind: CheckedDigest['kind'],
  next?: NextDigest,
  told?: string,
): Promise<CheckedDigest> {
  const invalid = (problem: DigestProblem): CheckedDigest => ({ file, kind, problems: [problem] });
  const key = keyInArchive(file, tools.place);
  const stored = key === undefined ? undefined : await tools.archive.read(key);
  if (!stored) {
    const message = next ? `it is not there; ${s3Uri(next.file)} leads to it` : 'it is not there';
    return invalid({ kind: 'digest-missing', file: s3Uri(file), message });
  }
  let digest: Digest | undefined;
  try {
    digest = await readDigest(file, stored, tools.chain);
    const signature = digest.signature ?? next?.previous?.signature ?? told;
    await proveSignature(digest, signature, tools.keys);
    const problems = [...brokenLink(digest, next), ...(await checkLogFiles(digest.logs, tools))];
    return { file, kind, digest, problems };
  } catch (error) {
    if (!(error instanceof DigestError)) throw error;
    const isLost = error.problem.kind === 'signature-missing';
    return { ...invalid(error.problem), ...(isLost && { unproven: digest }) };
  }
}

/** Each digest file tells the hash and the signature of the one before. */
export function brokenLink(digest: Digest, next: NextDigest | undefined): DigestProblem[] {
  const told = next?.previous;
  if (!told) return [];
  const isOther =
    (told.sha256 !== null && told.sha256 !== digest.sha256) ||
    (digest.signature !== undefined && told.signature !== digest.signature);
  if (!isOther) return [];
  const message = `${s3Uri(next.file)} was written after another digest file of this name`;
  return [{ kind: 'chain-broken', file: s3Uri(digest.file), message }];
}
