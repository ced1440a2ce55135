import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { Draw } from '../restore-shared/draw';

/** What listing found so far. */
export interface Listed {
  readonly count: number;
  readonly bytes: number;
  /** Where to go on; not set when everything is listed. */
  readonly token?: string;
  /** Keys of objects that can be read, drawn from all of the last call. */
  readonly drawn?: readonly string[];
}

/** How many objects are drawn at most. */
const MOST_DRAWN = 100;

/** Objects in an archive are counted and not read. */
const ARCHIVES = ['GLACIER', 'DEEP_ARCHIVE'];

/** Milliseconds that are kept back for the rest of the test. */
const RESERVE_MS = 180_000;

/**
 * List a bucket, page by page, as far as the time of the function goes. Names of objects do not go into the history of the workflow:
 * what is drawn is drawn from the last call.
 */
export async function listObjects(
  s3: S3Client,
  Bucket: string,
  seed: string,
  before: Listed | undefined,
  remaining: () => number,
): Promise<Listed> {
  let { count = 0, bytes = 0, token }: Partial<Listed> = before ?? {};
  const draw = new Draw(seed, MOST_DRAWN);
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ...(token && { ContinuationToken: token }) }));
    const objects = page.Contents ?? [];
    count += objects.length;
    bytes += objects.reduce((sum, { Size = 0 }) => sum + Size, 0);
    const readable = objects.filter(({ StorageClass = '' }) => !ARCHIVES.includes(StorageClass));
    for (const { Key = '' } of readable) draw.add(Key);
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined && remaining() > RESERVE_MS);
  return token === undefined ? { count, bytes, drawn: draw.drawn } : { count, bytes, token };
}
