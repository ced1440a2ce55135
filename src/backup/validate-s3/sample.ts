import { createHash } from 'node:crypto';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Check } from '../restore-messages';
import { check, reason } from '../restore-shared/checks';
import { checksumsIn } from '../restore-shared/checksum-list';
import { rank } from '../restore-shared/draw';
import type { Listed } from './list';

/** What is read. */
export interface Sample {
  readonly bucket: string;
  readonly seed: string;
  readonly size: number;
  readonly listed: Listed;
  /** The key that objects were restored with. */
  readonly keyArn: string;
  /** The key of a list of checksums, as `sha256sum` writes it. */
  readonly checksumFile?: string;
}

/** An object that was read to its end. */
interface Read {
  readonly sum: string;
  /** How it is encrypted, and with which key. */
  readonly encryption: string;
}

/**
 * Read a sample of objects to their end; S3 and the client compare the checksum that is kept with each. With a list of checksums, the
 * sample is drawn from the list, and what was read is compared with it: an object that is gone is found as well.
 *
 * Which key encrypts is asked of the objects: a restore chooses the key of objects, and not that of the bucket.
 */
export async function readSample(s3: S3Client, sample: Sample): Promise<readonly Check[]> {
  const { bucket, seed, size, listed, keyArn, checksumFile } = sample;
  if (checksumFile === undefined) {
    const keys = (listed.drawn ?? []).slice(0, size);
    const read = await readAll(s3, bucket, keys);
    return [compared('sampled objects are read to their end', read, () => undefined), ...encrypted(read, keyArn)];
  }
  const name = 'the list of checksums is there';
  const list = await attempt(() => readObject(s3, bucket, checksumFile));
  if (typeof list === 'string') return [check(name, 's3:GetObject', 'a list', list, false)];
  const sums = checksumsIn(list.body.toString('utf8'));
  const keys = [...sums.keys()].sort((one, other) => (rank(seed, one) < rank(seed, other) ? -1 : 1)).slice(0, size);
  const read = await readAll(s3, bucket, keys);
  return [
    check(name, 's3:GetObject', 'at least 1 line', `${sums.size} lines`, sums.size > 0),
    compared('sampled objects have the checksums of the list', read, ({ sum: is }, index) => {
      const should = sums.get(keys[index]);
      return is === should ? undefined : `a sum of ${is} in the place of ${should}`;
    }),
    ...encrypted(read, keyArn),
  ];
}

/** What is wrong with each object that was read, if anything. */
type Wrong = (read: Read, index: number) => string | undefined;

function compared(name: string, read: readonly (Read | string)[], wrong: Wrong): Check {
  const faults = read.flatMap((each, index) => (typeof each === 'string' ? each : (wrong(each, index) ?? [])));
  const first = faults[0] === undefined ? '' : `; the first that does not: ${faults[0]}`;
  const expected = `${read.length} of ${read.length} objects`;
  return check(name, 's3:GetObject', expected, `${read.length - faults.length} of ${read.length} objects${first}`, !first);
}

function encrypted(read: readonly (Read | string)[], keyArn: string): readonly Check[] {
  const objects = read.filter((each) => typeof each !== 'string');
  if (objects.length === 0) return [];
  const expected = `aws:kms ${keyArn}`;
  const other = objects.find(({ encryption }) => encryption !== expected)?.encryption;
  const name = 'sampled objects are encrypted with the key that was asked for';
  return [check(name, 's3:GetObject', expected, other ?? expected)];
}

/** One after the other: the function has no memory for many at once. */
async function readAll(s3: S3Client, bucket: string, keys: readonly string[]): Promise<readonly (Read | string)[]> {
  const read: (Read | string)[] = [];
  for (const key of keys) {
    const one = await attempt(() => readObject(s3, bucket, key));
    read.push(typeof one === 'string' ? one : { sum: sumOf(one.body), encryption: one.encryption });
  }
  return read;
}

function sumOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

async function readObject(s3: S3Client, Bucket: string, Key: string): Promise<{ body: Buffer; encryption: string }> {
  const object = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  const { Body: body, ServerSideEncryption: kind = 'none', SSEKMSKeyId: key = '' } = object;
  return { body: Buffer.from(await body!.transformToByteArray()), encryption: `${kind} ${key}`.trim() };
}

/** What cannot be read is one finding, not the end of the test. */
async function attempt<T>(what: () => Promise<T>): Promise<T | string> {
  try {
    return await what();
  } catch (error) {
    return reason(error);
  }
}
