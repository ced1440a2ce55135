import type { S3Client } from '@aws-sdk/client-s3';
import type { Check } from '../restore-messages';
import { check, reason } from '../restore-shared/checks';
import { checksumsIn } from '../restore-shared/checksum-list';
import { rank } from '../restore-shared/draw';
import type { Listed } from './list';
import { MEBIBYTE, NoTime, type Read, sumOf, textOf } from './read';

/** What is read. */
export interface Sample {
  readonly bucket: string;
  readonly seed: string;
  readonly size: number;
  readonly listed: Listed;
  /** Whether a bucket without any object is what is expected. */
  readonly isEmptyAllowed: boolean;
  /** The key that objects were restored with. */
  readonly keyArn: string;
  /** The key of a list of checksums, as `sha256sum` writes it. */
  readonly checksumFile?: string;
  readonly hasTime: () => boolean;
}

/** What came of reading objects. */
interface Reading {
  readonly read: readonly Read[];
  readonly wrong: readonly string[];
  readonly late: number;
}

const ASKED = 's3:GetObject';
const CAN_BE_READ = 'sampled objects can be read';
const AS_LISTED = 'sampled objects have the checksums of the list';

/** So many MiB are read of a larger object, where no list names its checksum. */
const MOST_MIB = 64;

/**
 * Read a sample of objects; S3 and the client compare the checksum that is kept with each that is read to its end. With a list of
 * checksums, the sample is drawn from the list, read to its end, and compared with it: an object that is gone is found as well.
 *
 * Which key encrypts is asked of the objects: a restore chooses the key of objects, and not that of the bucket.
 */
export async function readSample(s3: S3Client, sample: Sample): Promise<readonly Check[]> {
  const { bucket, seed, size, listed, keyArn, checksumFile, hasTime } = sample;
  if (checksumFile === undefined) {
    const keys = (listed.drawn ?? []).slice(0, size);
    if (keys.length === 0) return [nothingRead(sample)];
    const reading = await readAll(keys, (key) => sumOf(s3, bucket, key, hasTime, MOST_MIB * MEBIBYTE));
    return [compared(CAN_BE_READ, reading), ...encrypted(reading, keyArn)];
  }
  const name = 'the list of checksums is there';
  let sums: ReadonlyMap<string, string>;
  try {
    sums = checksumsIn(await textOf(s3, bucket, checksumFile, MOST_MIB * MEBIBYTE));
  } catch (error) {
    return [check(name, ASKED, 'a list', reason(error), false)];
  }
  const isThere = check(name, ASKED, 'at least 1 line', `${sums.size} lines`, sums.size > 0);
  const keys = [...sums.keys()].sort((one, other) => (rank(seed, one) < rank(seed, other) ? -1 : 1)).slice(0, size);
  if (keys.length === 0) return [isThere, ...(size === 0 ? [notAsked()] : [])];
  const reading = await readAll(keys, async (key) => {
    const one = await sumOf(s3, bucket, key, hasTime);
    if (one.sum !== sums.get(key)) throw new Error(`a sum of ${one.sum} in the place of ${sums.get(key)}`);
    return one;
  });
  return [isThere, compared(AS_LISTED, reading), ...encrypted(reading, keyArn)];
}

/** Somebody decided that no object is read. */
function notAsked(): Check {
  return check(CAN_BE_READ, ASKED, "nothing, for 'sampleSize' is 0", 'no object was read', true);
}

/** No object was read: that passes only where there is none, and none was expected. */
function nothingRead({ size, listed: { count }, isEmptyAllowed }: Sample): Check {
  if (size === 0) return notAsked();
  if (count > 0) {
    const why = "all that were listed last are in an archive. If that is meant, set 'sampleSize: 0' in RestoreTest.bucket";
    return check(CAN_BE_READ, ASKED, `at least 1 of ${count} objects`, `none was read: ${why}`, false);
  }
  const empty = 'there was nothing to read: the bucket is empty';
  if (isEmptyAllowed) return check(CAN_BE_READ, ASKED, 'nothing, for the bucket may be empty', empty, true);
  const why = `${empty}. If it may be, set 'minimumObjects: 0' in RestoreTest.bucket`;
  return check(CAN_BE_READ, ASKED, 'at least 1 object', why, false);
}

/** Objects for which there was no time do not fail a test, unless there was time for none. */
function compared(name: string, { read, wrong, late }: Reading): Check {
  const all = read.length + wrong.length;
  const cut = read.filter(({ isCut }) => isCut).length;
  const ends = cut > 0 ? `, of ${cut} of them the first ${MOST_MIB} MiB` : '';
  const noTime = late > 0 ? `; no time for ${late} more` : '';
  const first = wrong[0] === undefined ? '' : `; the first that is not: ${wrong[0]}`;
  const observed = `${read.length} of ${all} objects${ends}${noTime}${first}`;
  return check(name, ASKED, `${all} of ${all} objects, at least 1`, observed, wrong.length === 0 && read.length > 0);
}

function encrypted({ read }: Reading, keyArn: string): readonly Check[] {
  if (read.length === 0) return [];
  const expected = `aws:kms ${keyArn}`;
  const other = read.find(({ encryption }) => encryption !== expected)?.encryption;
  const name = 'sampled objects are encrypted with the key that was asked for';
  return [check(name, ASKED, expected, other ?? expected)];
}

/** One after the other. What cannot be read is one finding, not the end of the test. */
async function readAll(keys: readonly string[], readOne: (key: string) => Promise<Read>): Promise<Reading> {
  const read: Read[] = [];
  const wrong: string[] = [];
  let late = 0;
  for (const key of keys) {
    try {
      read.push(await readOne(key));
    } catch (error) {
      if (error instanceof NoTime) late += 1;
      else wrong.push(reason(error));
    }
  }
  return { read, wrong, late };
}
