import { createHash } from 'node:crypto';
import { CopyObjectCommand, GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

/** A state that a host sent. */
export interface Sent {
  readonly key: string;
  /** When S3 took it. */
  readonly at: string;
}

/** What an object holds. */
export interface Held {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly version?: string;
  readonly etag?: string;
}

/** The bucket: states that hosts send, baselines, reports. */
export class HostObjects {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly prefix: string,
  ) {}

  /** What a host sent, oldest first. */
  public async sentBy(host: string): Promise<Sent[]> {
    const sent: Sent[] = [];
    const Prefix = `${this.prefix}inbox/${host}/`;
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix })) {
      for (const { Key, LastModified } of Contents)
        if (Key && LastModified) sent.push({ key: Key, at: LastModified.toISOString() });
    }
    return sent.sort((one, other) => (one.at + one.key < other.at + other.key ? -1 : 1));
  }

  /** Whether a state was sent by the host that it is about: S3 lets a host write only below its own identity, at whatever depth. */
  public isOwn({ key }: Sent, host: string): boolean {
    const [identity, ...name] = key.slice(`${this.prefix}inbox/${host}/`.length).split('/');
    return name.length === 1 && identity.split(':')[1] === host;
  }

  /** What an object holds; nothing when it is gone. */
  public async read(key: string): Promise<Held | undefined> {
    try {
      const { Body, VersionId, ETag } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      const bytes = await Body!.transformToByteArray();
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), version: VersionId, etag: ETag };
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /**
   * Make what a host sent its baseline: the very bytes that were judged.
   *
   * @returns the key of the baseline.
   * @throws when the host put something else in their place.
   */
  public async promote(host: string, key: string, { sha256, version, etag }: Omit<Held, 'bytes'>): Promise<string> {
    const target = `${this.prefix}baselines/${host}/${sha256}.gz`;
    const source = `${this.bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
    await this.client.send(
      new CopyObjectCommand({
        Bucket: this.bucket,
        Key: target,
        CopySource: version === undefined ? source : `${source}?versionId=${version}`,
        CopySourceIfMatch: etag,
      }),
    );
    return target;
  }

  /** Write a report; returns its key. */
  public async report(path: string, report: unknown): Promise<string> {
    const key = `${this.prefix}reports/${path}.json`;
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        ContentType: 'application/json',
        Body: JSON.stringify(report, undefined, 2),
      }),
    );
    return key;
  }

  /** Where an object is, for people. */
  public address(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }
}
