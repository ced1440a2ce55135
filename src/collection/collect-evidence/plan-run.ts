import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { sha256 } from '../../evidence/bundle/manifest';
import { COLLECTION, type Collection } from '../../evidence/operating/collection-manifest';
import type { EvidenceFiles } from '../../evidence/operating/evidence-files';
import type { Run } from '../collection-messages';

const DAY = 86_400_000;
/** How far back a run makes up for days on which none ended: CloudTrail tells its event history for 90 days. */
const MOST_DAYS = 89;

/**
 * The run of a day: from where the run before it ended up to the beginning of the day, so that periods follow each other without gap
 * or overlap. Asked again for the same day, it is the same.
 */
export async function planRun(day: string, before: readonly string[], files: EvidenceFiles): Promise<Run> {
  const to = new Date(day);
  const earliest = to.getTime() - MOST_DAYS * DAY;
  const last = await lastBefore(day, before, files);
  const ended = last ? Date.parse((JSON.parse(last.toString('utf8')) as Collection).period.to) : to.getTime() - DAY;
  const from = new Date(Math.max(ended, earliest));
  return { day, from: from.toISOString(), to: to.toISOString(), previous: last ? sha256(last) : null };
}

/** The manifest of the last run that ended; one that was given up has none. */
async function lastBefore(day: string, before: readonly string[], files: EvidenceFiles): Promise<Buffer | undefined> {
  for (const earlier of before
    .filter((each) => each < day)
    .sort()
    .reverse()) {
    const manifest = await files.read(`${earlier}/${COLLECTION}`);
    if (manifest) return manifest;
  }
  return undefined;
}

/** The days on which there were runs. */
export async function daysIn(client: S3Client, Bucket: string, prefix: string): Promise<string[]> {
  const days: string[] = [];
  for await (const { CommonPrefixes: folders = [] } of paginateListObjectsV2(
    { client },
    { Bucket, Prefix: prefix, Delimiter: '/' },
  ))
    for (const { Prefix: folder = '' } of folders) {
      const day = folder.slice(prefix.length, -1);
      if (/^\d{4}-\d{2}-\d{2}$/.test(day)) days.push(day);
    }
  return days;
}
