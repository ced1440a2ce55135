import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Archive } from '../../../../src/evidence/operating/archive';
import type { DigestTools } from '../../../../src/evidence/operating/digests/check-digest';
import type { DigestChain, DigestPlace } from '../../../../src/evidence/operating/digests/digest-place';

export const HOUR = 3_600_000;
export const BUCKET = 'trail-logs';

/** A moment of the day of the tests. */
export const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 20, hour, minute));

interface KeyOfAws {
  readonly fingerprint: string;
  readonly value: Buffer;
  readonly privateKey: KeyObject;
}

export function keyOfAws(type: 'pkcs1' | 'spki' = 'pkcs1'): KeyOfAws {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const value = publicKey.export({ type, format: 'der' });
  // As those of CloudTrail are made, by the examples of its documentation.
  return { value, privateKey, fingerprint: createHash('md5').update(value).digest('hex') };
}

interface Stored {
  content: Buffer;
  metadata: Record<string, string>;
}

interface Written {
  readonly key: string;
  readonly sha256: string;
  readonly signature: string;
}

/** What can be unusual about a digest file. */
export interface Unusual {
  readonly logs?: readonly string[];
  readonly before?: Written | null;
  readonly backfill?: Date;
  readonly fields?: Record<string, unknown>;
}

/** A bucket, and CloudTrail, which delivers to it and signs with real keys. */
export class TrailOfTests {
  public readonly files = new Map<string, Stored>();
  public readonly chain: DigestChain = { account: '111122223333', region: 'eu-west-1', trail: 'all', homeRegion: 'us-east-1' };
  public readonly place: DigestPlace;
  public key: KeyOfAws;
  public readonly known: KeyOfAws[] = [];
  public readonly askedKeys: Date[] = [];
  private newest: Record<'standard' | 'backfill', Written | null> = { standard: null, backfill: null };

  constructor({ prefix = '', organization }: { prefix?: string; organization?: string } = {}, key = KEY) {
    this.place = { bucket: BUCKET, prefix, ...(organization && { organization }) };
    this.key = key;
    this.known.push(key);
  }

  public get tools(): DigestTools {
    const keys = {
      find: async (fingerprint: string, { madeAt, end }: { madeAt: Date | undefined; end: Date }) => {
        this.askedKeys.push(madeAt ?? end);
        return this.known.find((key) => key.fingerprint === fingerprint)?.value;
      },
    };
    const archive: Archive = {
      place: `s3://${BUCKET}/${this.place.prefix}`,
      list: this.list.bind(this),
      read: this.read.bind(this),
    };
    return { archive, place: this.place, chain: this.chain, keys };
  }

  /** Deliver an hour: log files, and the digest file that lists them. */
  public deliver(start: Date, end: Date, unusual: Unusual = {}): Written {
    const { chain, place } = this;
    const kind = unusual.backfill ? 'backfill' : 'standard';
    const folder = `AWSLogs/${place.organization ? `${place.organization}/` : ''}${chain.account}`;
    const names = unusual.logs ?? ['first', 'second'];
    const logFiles = names.map((name) => this.deliverLog(folder, `${compact(end)}_${kind}_${name}`, end));
    const day = end.toISOString().slice(0, 10).replaceAll('-', '/');
    const name = `${chain.account}_CloudTrail-Digest_${chain.region}_${chain.trail}_${chain.homeRegion}_${compact(end)}`;
    const ending = unusual.backfill ? '_backfill' : '';
    const key = `${folder}/CloudTrail-Digest/${chain.region}/${day}/${name}${ending}.json.gz`;
    const before = unusual.before === undefined ? this.newest[kind] : unusual.before;
    const body = {
      awsAccountId: chain.account,
      digestStartTime: extended(start),
      digestEndTime: extended(end),
      digestS3Bucket: BUCKET,
      digestS3Object: place.prefix + key,
      digestPublicKeyFingerprint: this.key.fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: names.length > 0 ? extended(end) : null,
      oldestEventTime: names.length > 0 ? extended(start) : null,
      previousDigestS3Bucket: before ? BUCKET : null,
      previousDigestS3Object: before ? place.prefix + before.key : null,
      previousDigestHashValue: before?.sha256 ?? null,
      previousDigestHashAlgorithm: before ? 'SHA-256' : null,
      previousDigestSignature: before?.signature ?? null,
      logFiles,
      ...unusual.fields,
    };
    const text = JSON.stringify(body);
    const signed = [
      body.digestEndTime,
      `${body.digestS3Bucket}/${body.digestS3Object}`,
      sha256(text),
      body.previousDigestSignature ?? 'null',
    ].join('\n');
    const signature = sign('RSA-SHA256', Buffer.from(signed), this.key.privateKey).toString('hex');
    const metadata: Record<string, string> = { signature, 'signature-algorithm': 'SHA256withRSA' };
    if (unusual.backfill) metadata['backfill-generation-timestamp'] = extended(unusual.backfill);
    this.files.set(key, { content: gzipSync(text), metadata });
    const written = { key, sha256: sha256(text), signature };
    this.newest[kind] = written;
    return written;
  }

  /** Deliver the hours of a day, one after the other. */
  public deliverHours(first: number, last: number): Written[] {
    return Array.from({ length: last - first }, (_, hour) => this.deliver(at(first + hour), at(first + hour + 1)));
  }

  /** Forget what came before, as CloudTrail does when logging starts again. */
  public restart(): void {
    this.newest = { standard: null, backfill: null };
  }

  public get logs(): string[] {
    return [...this.files.keys()].filter((key) => !key.includes('CloudTrail-Digest'));
  }

  /** Change what a file holds, as someone might who may write to the bucket. */
  public alter(key: string, change: (text: string) => string): void {
    const file = this.files.get(key)!;
    file.content = gzipSync(change(gunzipSync(file.content).toString('utf8')));
  }

  public async *list(prefix: string, after = ''): AsyncIterable<string> {
    for (const key of [...this.files.keys()].sort()) if (key.startsWith(prefix) && key > after) yield key;
  }

  public async read(key: string) {
    return this.files.get(key);
  }

  private deliverLog(folder: string, name: string, end: Date) {
    const key = `${folder}/CloudTrail/${this.chain.region}/2026/11/20/${this.chain.account}_CloudTrail_${this.chain.region}_${name}.json.gz`;
    const text = JSON.stringify({ Records: [{ eventName: name, eventTime: extended(end) }] });
    this.files.set(key, { content: gzipSync(text), metadata: {} });
    return { s3Bucket: BUCKET, s3Object: this.place.prefix + key, hashValue: sha256(text), hashAlgorithm: 'SHA-256' };
  }
}

/** Made once: it takes a while. */
export const KEY = keyOfAws();

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function extended(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function compact(time: Date): string {
  return extended(time).replace(/[-:]/g, '');
}
