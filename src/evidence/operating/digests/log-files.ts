import { createHash } from 'node:crypto';
import type { Archive } from '../archive';
import type { ListedLog } from './digest';
import { type DigestPlace, keyInArchive, s3Uri } from './digest-place';
import type { DigestProblem, DigestProblemKind } from './digest-problem';
import { unzipped } from './unzipped';

/** Files that are read at the same time. */
const AT_ONCE = 8;

/** Log files are far smaller: CloudTrail starts a new one before. */
const MOST_BYTES = 512 * 1024 * 1024;

interface Tools {
  readonly archive: Archive;
  readonly place: DigestPlace;
}

/** Compare log files with the hashes that a digest file tells, and return what is wrong, in the order of the list. */
export async function checkLogFiles(logs: readonly ListedLog[], tools: Tools): Promise<DigestProblem[]> {
  const problems: DigestProblem[] = [];
  for (let at = 0; at < logs.length; at += AT_ONCE) {
    const checked = await Promise.all(logs.slice(at, at + AT_ONCE).map((log) => checkLogFile(log, tools)));
    for (const problem of checked) if (problem) problems.push(problem);
  }
  return problems;
}

async function checkLogFile(log: ListedLog, { archive, place }: Tools): Promise<DigestProblem | undefined> {
  const found = (kind: DigestProblemKind, message: string) => ({ kind, file: s3Uri(log), message });
  if (log.algorithm !== 'SHA-256') return found('log-unreadable', `its hash is '${log.algorithm}', not SHA-256`);
  const key = keyInArchive(log, place);
  if (key === undefined) return found('log-unreadable', 'it was delivered to another bucket or prefix, which was not read');
  const stored = await archive.read(key);
  if (!stored) return found('log-missing', 'it is not there');
  try {
    const sha256 = createHash('sha256')
      .update(await unzipped(stored.content, MOST_BYTES))
      .digest('hex');
    return sha256 === log.sha256
      ? undefined
      : found('log-altered', `its SHA-256 is ${sha256}, it was delivered with ${log.sha256}`);
  } catch (error) {
    // It was delivered compressed: what cannot be unzipped is not what was delivered.
    return found('log-altered', `it cannot be unzipped: ${(error as Error).message}`);
  }
}
