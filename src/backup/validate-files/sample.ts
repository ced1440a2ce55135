import { createHash } from 'node:crypto';
import type { Check } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { checksumsIn } from '../restore-shared/checksum-list';
import { rank } from '../restore-shared/draw';
import { BYTES, locate, named, shortly } from './paths';
import { NoTime, sumOf, textOf } from './read';

/** What is read of the files. */
export interface Sample {
  readonly root: string;
  readonly seed: string;
  readonly size: number;
  /** Files that were drawn from all. */
  readonly drawn: readonly string[];
  /** The path of a list of checksums, as `sha256sum` writes it. */
  readonly checksumFile?: string;
  readonly hasTime: () => boolean;
}

/** What came of reading files. */
interface Reading {
  readonly sums: readonly string[];
  readonly wrong: readonly string[];
  readonly late: number;
}

const ASKED = 'read files';

/** A list that is larger than that is not one. */
const MOST_LIST_BYTES = 64 * 1024 * 1024;

/**
 * Read a sample of files to their end. With a list of checksums, the sample is drawn from the list, and what was read is compared with
 * it: a file that is gone is found as well.
 */
export async function readSample(sample: Sample): Promise<readonly Check[]> {
  const { root, seed, size, drawn, checksumFile, hasTime } = sample;
  if (checksumFile === undefined) {
    const files = drawn.slice(0, size);
    const reading = await readAll(files, (name) => sumOf(root, name, hasTime));
    return [compared('sampled files are read to their end', files.length, reading)];
  }
  const name = 'the list of checksums is there';
  let list: ReadonlyMap<string, string>;
  try {
    list = checksumsIn((await textOf(root, await locate(root, named(checksumFile)), MOST_LIST_BYTES)).toString(BYTES));
  } catch (error) {
    return [check(name, ASKED, 'at least 1 line', shortly(error), false)];
  }
  const files = [...list.keys()].sort((one, other) => (rank(seed, one) < rank(seed, other) ? -1 : 1)).slice(0, size);
  const reading = await readAll(files, async (file) => {
    const sum = await sumOf(root, await locate(root, file), hasTime);
    if (sum !== list.get(file)) throw new Error(`a sum of ${sum} in the place of ${list.get(file)}`);
    return sum;
  });
  return [
    check(name, ASKED, 'at least 1 line', `${list.size} lines`, list.size > 0),
    compared('sampled files have the checksums of the list', files.length, reading),
  ];
}

async function readAll(files: readonly string[], read: (name: string) => Promise<string>): Promise<Reading> {
  const sums: string[] = [];
  const wrong: string[] = [];
  let late = 0;
  for (const name of files) {
    try {
      sums.push(await read(name));
    } catch (error) {
      if (error instanceof NoTime) late += 1;
      else wrong.push(shortly(error));
    }
  }
  return { sums, wrong, late };
}

/** Files for which there was no time do not fail a test, unless there was time for none. How many there must be is another check. */
function compared(name: string, drawn: number, { sums, wrong, late }: Reading): Check {
  if (drawn === 0) return check(name, ASKED, 'all that are drawn', 'no file was read, for none was drawn', true);
  const read = drawn - late;
  const digest = sums.length > 0 ? `, SHA-256 ${createHash('sha256').update(sums.join('\n')).digest('hex')}` : '';
  const noTime = late > 0 ? `; no time for ${late} more` : '';
  const first = wrong[0] === undefined ? '' : `; the first that is not: ${wrong[0]}`;
  const observed = `${sums.length} of ${read} files${digest}${noTime}${first}`;
  return check(name, ASKED, `${read} of ${read} files`, observed, wrong.length === 0 && sums.length > 0);
}
