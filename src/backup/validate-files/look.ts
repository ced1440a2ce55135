import { lstat, opendir } from 'node:fs/promises';
import type { Check, ExpectedFiles } from '../restore-messages';
import { check } from '../restore-shared/checks';
import { Draw } from '../restore-shared/draw';
import { BYTES, locate, named, pathOf, shortly } from './paths';
import { readSample } from './sample';
import { type Walked, walk } from './walk';

/** What is looked at, and how long. */
export interface Look {
  readonly root: string;
  readonly seed: string;
  readonly expected: ExpectedFiles;
  /** Entries that are counted at most. */
  readonly mostEntries: number;
  /** Milliseconds that are left. */
  readonly remaining: () => number;
}

/** Milliseconds that are kept back for the sample, after the walk; and for the report, after both. */
const FOR_SAMPLE_MS = 300_000;
const FOR_REPORT_MS = 20_000;

/**
 * The folder that AWS Backup restores into, also in a new file system.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-efs.html
 */
const RECOVERED = /^aws-backup-restore_[\w:.-]+$/i;

/** Count what is in a restored file system, look for what must be there, and read a sample. */
export async function look({ root: mount, seed, expected, mostEntries, remaining }: Look): Promise<readonly Check[]> {
  const root = await recovered(mount);
  const hasTime = (reserve: number) => () => remaining() > reserve;
  const walked = await walk(root, new Draw(seed, expected.sampleSize), { mostEntries, hasTime: hasTime(FOR_SAMPLE_MS) });
  return [
    ...countsOf(walked, expected),
    ...(await Promise.all(expected.paths.map((path) => isThere(root, path)))),
    ...(await readSample({
      root,
      seed,
      size: expected.sampleSize,
      drawn: walked.drawn,
      hasTime: hasTime(FOR_REPORT_MS),
      ...(expected.checksumFile !== undefined && { checksumFile: expected.checksumFile }),
    })),
  ];
}

async function recovered(mount: string): Promise<string> {
  const found: string[] = [];
  for await (const { name } of await opendir(pathOf(mount, ''), { encoding: BYTES })) if (RECOVERED.test(name)) found.push(name);
  if (found.length !== 1 || !(await lstat(pathOf(mount, found[0]))).isDirectory()) return mount;
  return `${mount}/${found[0]}`;
}

function countsOf(walked: Walked, { minimumFiles, minimumBytes }: ExpectedFiles): readonly Check[] {
  const { files, bytes, folders, others, errors, isWhole } = walked;
  const asked = 'walk the file system';
  const end = isWhole ? '' : ', counting stopped there';
  return [
    check(
      'the file system has its files',
      asked,
      `at least ${minimumFiles} files`,
      `${files} files in ${folders} folders, ${others} other entries${end}`,
      files >= minimumFiles,
    ),
    check('its files have their bytes', asked, `at least ${minimumBytes} bytes`, `${bytes} bytes${end}`, bytes >= minimumBytes),
    check(
      'all that is met can be looked at',
      asked,
      'no errors',
      errors.length === 0 ? 'no errors' : `${errors.length} errors, the first: ${errors[0]}`,
    ),
  ];
}

async function isThere(root: string, path: string): Promise<Check> {
  const name = `path ${path} is there`;
  const expected = 'a file, a folder or a link';
  try {
    const stats = await lstat(pathOf(root, await locate(root, named(path))));
    const kinds: readonly (readonly [boolean, string])[] = [
      [stats.isFile(), `a file of ${stats.size} bytes`],
      [stats.isDirectory(), 'a folder'],
      [stats.isSymbolicLink(), 'a link'],
    ];
    const kind = kinds.find(([is]) => is)?.[1];
    return check(name, 'look for a path', expected, kind ?? 'something else', kind !== undefined);
  } catch (error) {
    return check(name, 'look for a path', expected, shortly(error), false);
  }
}
