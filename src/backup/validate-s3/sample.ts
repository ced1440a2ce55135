import { createHash } from 'node:crypto';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Check } from '../restore-messages';
import { check, reason } from '../restore-shared/checks';
import { type Listed, rank } from './list';

/** What is read. */
export interface Sample {
  readonly bucket: string;
  readonly seed: string;
  readonly size: number;
  readonly listed: Listed;
  /** The key of a list of checksums, as `sha256sum` writes it. */
  readonly checksumFile?: string;
}

/** A line of `sha256sum`: the sum, a space, a space or a star, the name. */
const LINE = /^([0-9a-f]{64}) [ *](.+)$/;

/**
 * Read a sample of objects to their end; S3 and the client compare the checksum that is kept with each. With a list of checksums, the
 * sample is drawn from the list, and what was read is compared with it: an object that is gone is found as well.
 */
export async function readSample(s3: S3Client, sample: Sample): Promise<readonly Check[]> {
  const { bucket, seed, size, listed, checksumFile } = sample;
  if (checksumFile === undefined) {
    const keys = (listed.drawn ?? []).slice(0, size);
    const sums = await Promise.all(keys.map((key) => attempt(() => sumOf(s3, bucket, key))));
    return [
      compared(
        'sampled objects are read to their end',
        keys.length,
        sums.filter((sum) => sum.startsWith('!')),
      ),
    ];
  }
  const lines = await attempt(async () => (await read(s3, bucket, checksumFile)).toString('utf8'));
  if (lines.startsWith('!')) return [check('the list of checksums is there', 's3:GetObject', 'a list', lines.slice(1), false)];
  const sums = new Map(lines.split('\n').flatMap((line) => (LINE.test(line) ? [parsed(line)] : [])));
  const keys = [...sums.keys()].sort((one, other) => (rank(seed, one) < rank(seed, other) ? -1 : 1)).slice(0, size);
  const wrong: string[] = [];
  for (const key of keys) {
    const sum = await attempt(() => sumOf(s3, bucket, key));
    if (sum !== sums.get(key)) wrong.push(sum.startsWith('!') ? sum : `!a sum of ${sum} in the place of ${sums.get(key)}`);
  }
  const isList = check('the list of checksums is there', 's3:GetObject', 'at least 1 line', `${sums.size} lines`, sums.size > 0);
  return [isList, compared('sampled objects have the checksums of the list', keys.length, wrong)];
}

function parsed(line: string): readonly [string, string] {
  const [, sum, name] = LINE.exec(line)!;
  return [name.replace(/^\.\//, ''), sum];
}

function compared(name: string, drawn: number, wrong: readonly string[]): Check {
  const first = wrong[0] === undefined ? '' : `; the first that does not: ${wrong[0].slice(1)}`;
  return check(
    name,
    's3:GetObject',
    `${drawn} of ${drawn} objects`,
    `${drawn - wrong.length} of ${drawn} objects${first}`,
    wrong.length === 0,
  );
}

async function sumOf(s3: S3Client, bucket: string, key: string): Promise<string> {
  return createHash('sha256')
    .update(await read(s3, bucket, key))
    .digest('hex');
}

async function read(s3: S3Client, Bucket: string, Key: string): Promise<Buffer> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  return Buffer.from(await body!.transformToByteArray());
}

/** What cannot be read is one finding, not the end of the test. */
async function attempt(what: () => Promise<string>): Promise<string> {
  try {
    return await what();
  } catch (error) {
    return `!${reason(error)}`;
  }
}
