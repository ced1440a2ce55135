import type { Period } from '../collector';
import { brokenLink, checkDigest, type DigestTools } from './check-digest';
import type { Digest } from './digest';
import type { ListedDigest } from './digest-listing';
import { type FileName, keyInArchive, readDigestName, s3Uri } from './digest-place';
import type { Step } from './standard-chain';

/**
 * Judge backfill digest files, which list log files that were delivered too late for the digest file of their hour.
 *
 * There is one only where it was needed: they need not cover time, and the first of them has none before it.
 */
export async function* walkBackfillChain(
  listed: readonly ListedDigest[],
  { from }: Period,
  tools: DigestTools,
): AsyncGenerator<Step> {
  const seen = new Set<string>();
  const proven = new Map<string, Digest>();
  const leading = new Map<string, Digest>();
  const files: FileName[] = listed.map(({ file }) => file);
  // It grows while it is read: a digest file may lead to one that is gone.
  for (const file of files) {
    const uri = s3Uri(file);
    if (seen.has(uri)) continue;
    seen.add(uri);
    const checked = await checkDigest(file, tools, 'backfill', leading.get(uri));
    yield { checked, problems: [] };
    const { digest } = checked;
    if (!digest) continue;
    // The names of its log files are not needed any more.
    const kept = { ...digest, logs: [] };
    proven.set(uri, kept);
    if (!digest.previous) continue;
    const before = s3Uri(digest.previous);
    const known = proven.get(before);
    if (known) yield { problems: brokenLink(known, digest) };
    leading.set(before, kept);
    const name = readDigestName(digest.previous);
    const isHere = keyInArchive(digest.previous, tools.place) !== undefined;
    if (isHere && name && name.endTime > from) files.push({ bucket: digest.previous.bucket, key: digest.previous.key });
  }
}
