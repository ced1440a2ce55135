import { PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { prefixOf, readKey } from '../restore-shared/keys';

/** The file that says when a resource was first seen: one that was never tested is not overdue on its first day. */
const FIRST_SEEN = 'first-seen.json';

/** When a resource was last restored and checked with success, or else first seen; in milliseconds since 1970. */
export async function lastSuccess(client: S3Client, Bucket: string, kind: string, source: string): Promise<number> {
  const Prefix = prefixOf(kind, source);
  const passed: number[] = [];
  let firstSeen: number | undefined;
  for await (const { Contents: objects = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    for (const { Key: key = '', LastModified: modified } of objects) {
      const ticket = readKey(key);
      if (ticket?.passed) passed.push(Date.parse(ticket.at));
      if (key === `${Prefix}${FIRST_SEEN}`) firstSeen = modified?.getTime();
    }
  }
  if (passed.length > 0) return Math.max(...passed);
  return firstSeen ?? note(client, Bucket, `${Prefix}${FIRST_SEEN}`, source);
}

async function note(client: S3Client, Bucket: string, Key: string, source: string): Promise<number> {
  const now = new Date();
  const Body = `${JSON.stringify({ source, firstSeen: now.toISOString() })}\n`;
  try {
    await client.send(
      new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', IfNoneMatch: '*', ChecksumAlgorithm: 'SHA256' }),
    );
  } catch (error) {
    // Another call has noted it just now.
    if (!/^(PreconditionFailed|ConditionalRequestConflict)$/.test((error as Error).name)) throw error;
  }
  return now.getTime();
}
