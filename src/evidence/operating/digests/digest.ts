import { createHash } from 'node:crypto';
import type { ArchivedFile } from '../archive';
import type { DigestChain } from './digest-place';
import { type FileName, isOfChain, readDigestName, s3Uri } from './digest-place';
import type { DigestProblem, DigestProblemKind } from './digest-problem';
import { unzipped } from './unzipped';

/** A log file as a digest file lists it. */
export interface ListedLog extends FileName {
  readonly sha256: string;
  readonly algorithm: string;
}

/** The digest file before another, as that one tells of it. */
export interface PreviousDigest extends FileName {
  readonly sha256: string | null;
  readonly signature: string;
}

/** A digest file that has been read. */
export interface Digest {
  readonly file: FileName;
  /** As it stands there: it is part of what is signed. */
  readonly endText: string;
  readonly start: Date;
  readonly end: Date;
  readonly fingerprint: string;
  readonly sha256: string;
  readonly signature: string | undefined;
  readonly algorithm: string;
  /** For a backfill digest: when it was made, which tells the keys that may have signed it. */
  readonly madeAt: Date | undefined;
  readonly previous: PreviousDigest | null;
  readonly logs: readonly ListedLog[];
}

/** Why a digest file proves nothing. */
export class DigestError extends Error {
  constructor(
    private readonly kind: DigestProblemKind,
    private readonly file: FileName,
    message: string,
  ) {
    super(message);
  }

  public get problem(): DigestProblem {
    return { kind: this.kind, file: s3Uri(this.file), message: this.message };
  }
}

/** CloudTrail signs with nothing else. */
export const SIGNATURE_ALGORITHM = 'SHA256withRSA';

/** Far above what an hour of log files needs. */
const MOST_BYTES = 256 * 1024 * 1024;

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/**
 * Read a digest file that is of a chain, and that is where it was delivered.
 *
 * @throws DigestError when it is not.
 */
export async function readDigest(file: FileName, { content: body, metadata }: ArchivedFile, chain: DigestChain): Promise<Digest> {
  const unreadable = (why: string) => new DigestError('digest-unreadable', file, why);
  const content = await unzipped(body, MOST_BYTES).catch((error: Error) => {
    throw unreadable(`it cannot be unzipped: ${error.message}`);
  });
  const fields = fieldsOf(content);
  if (!fields) throw unreadable('it is no JSON object');
  const text = (name: string): string => {
    const value = fields[name];
    if (typeof value !== 'string') throw unreadable(`'${name}' must be a text`);
    return value;
  };
  const time = (name: string): Date => {
    const value = new Date(TIME.test(text(name)) ? text(name) : Number.NaN);
    if (Number.isNaN(value.getTime())) throw unreadable(`'${name}' must be a time such as 2026-11-22T14:00:00Z`);
    return value;
  };
  const said: FileName = { bucket: text('digestS3Bucket'), key: text('digestS3Object') };
  if (said.bucket !== file.bucket || said.key !== file.key) throw elsewhere(file, said, chain);
  if (text('awsAccountId') !== chain.account)
    throw new DigestError('digest-foreign', file, `it is of the account ${text('awsAccountId')}`);
  const isBackfill = readDigestName(file)?.isBackfill === true;
  const [start, end] = [time('digestStartTime'), time('digestEndTime')];
  if (start > end) throw unreadable('it ends before it starts');
  return {
    file,
    endText: text('digestEndTime'),
    start,
    end,
    fingerprint: text('digestPublicKeyFingerprint'),
    sha256: createHash('sha256').update(content).digest('hex'),
    signature: metadata.signature,
    algorithm: metadata['signature-algorithm'] ?? text('digestSignatureAlgorithm'),
    madeAt: isBackfill ? madeAt(metadata, unreadable) : undefined,
    previous: previousOf(fields, unreadable),
    logs: logsOf(fields.logFiles, unreadable),
  };
}

type Fields = Readonly<Record<string, unknown>>;
type Unreadable = (why: string) => DigestError;

function fieldsOf(content: Buffer): Fields | undefined {
  try {
    const fields: unknown = JSON.parse(content.toString('utf8'));
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? (fields as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function elsewhere(file: FileName, said: FileName, chain: DigestChain): DigestError {
  const name = readDigestName(said);
  const isForeign = name !== undefined && !isOfChain(name, chain);
  return new DigestError(isForeign ? 'digest-foreign' : 'digest-moved', file, `it was delivered as ${s3Uri(said)}`);
}

function madeAt(metadata: Fields, unreadable: Unreadable): Date {
  const said = metadata['backfill-generation-timestamp'];
  const time = new Date(typeof said === 'string' ? said : Number.NaN);
  if (Number.isNaN(time.getTime())) throw unreadable("its metadata 'backfill-generation-timestamp' must be a time");
  return time;
}

/** The first digest file of a chain has none before it: all of these are null. */
function previousOf(fields: Fields, unreadable: Unreadable): PreviousDigest | null {
  const { previousDigestS3Bucket: bucket, previousDigestS3Object: key, previousDigestSignature: signature } = fields;
  if (signature === undefined) throw unreadable("'previousDigestSignature' must be there");
  if (bucket == null && key == null && signature === null) return null;
  const sha256 = fields.previousDigestHashValue ?? null;
  if (
    typeof bucket !== 'string' ||
    typeof key !== 'string' ||
    typeof signature !== 'string' ||
    !(sha256 === null || typeof sha256 === 'string')
  )
    throw unreadable('what it tells of the digest file before it is not whole');
  return { bucket, key, signature, sha256 };
}

function logsOf(listed: unknown, unreadable: Unreadable): ListedLog[] {
  if (!Array.isArray(listed)) throw unreadable("'logFiles' must be a list");
  return listed.map((log: Fields | null, index) => {
    const { s3Bucket: bucket, s3Object: key, hashValue: sha256, hashAlgorithm: algorithm } = log ?? {};
    if (typeof bucket !== 'string' || typeof key !== 'string' || typeof sha256 !== 'string' || typeof algorithm !== 'string')
      throw unreadable(`'logFiles[${index}]' must name a file and its hash`);
    return { bucket, key, sha256, algorithm };
  });
}
