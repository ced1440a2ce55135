import type { Period } from '../collector';
import type { DigestTools } from './check-digest';
import { type DigestName, dayFolder, digestFolder, type FileName, isOfChain, readDigestName } from './digest-place';

const HOUR = 3_600_000;

/** A digest file that is there. */
export interface ListedDigest {
  readonly file: FileName;
  readonly name: DigestName;
}

/** Digest files of a chain that are there, newest first. */
export interface DigestListing {
  readonly standard: readonly ListedDigest[];
  readonly backfill: readonly ListedDigest[];
}

/** List what covers a period, and what was written next, which tells of the last of these. */
export async function listDigests({ archive, place, chain }: DigestTools, { from, to }: Period): Promise<DigestListing> {
  const listing: { standard: ListedDigest[]; backfill: ListedDigest[] } = { standard: [], backfill: [] };
  const folder = digestFolder(place, chain);
  const last = new Date(to.getTime() + 2 * HOUR);
  const lastDay = folder + dayFolder(last);
  for await (const key of archive.list(folder, folder + dayFolder(from))) {
    // Days sort as their folders do.
    if (key.slice(0, lastDay.length) > lastDay) break;
    const file = { bucket: place.bucket, key: place.prefix + key };
    const name = readDigestName(file);
    if (!name || !isOfChain(name, chain) || name.endTime <= from || name.endTime >= last) continue;
    listing[name.isBackfill ? 'backfill' : 'standard'].push({ file, name });
  }
  const newestFirst = (a: ListedDigest, b: ListedDigest) => b.name.endTime.getTime() - a.name.endTime.getTime();
  return { standard: listing.standard.sort(newestFirst), backfill: listing.backfill.sort(newestFirst) };
}
