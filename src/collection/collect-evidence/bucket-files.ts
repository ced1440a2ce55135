import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { EvidenceFiles } from '../../evidence/operating/evidence-files';

/** Types by the endings of files, for readers who look at them in the console. */
const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  csv: 'text/csv',
  png: 'image/png',
};

/** The store of evidence: keys below a prefix. What is written again becomes a version more, and the one before stays. */
export class BucketFiles implements EvidenceFiles {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly prefix: string,
  ) {}

  /** The path of every file. */
  public async *list(): AsyncGenerator<string> {
    const request = { Bucket: this.bucket, Prefix: this.prefix };
    for await (const { Contents: objects = [] } of paginateListObjectsV2({ client: this.s3 }, request))
      for (const { Key: key = '' } of objects) yield key.slice(this.prefix.length);
  }

  public async read(path: string): Promise<Buffer | undefined> {
    try {
      const { Body: body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.prefix + path }));
      return Buffer.from(await body!.transformToByteArray());
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  public async write(path: string, content: Uint8Array): Promise<void> {
    const ContentType = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    // Object Lock takes only what comes with a checksum; an auditor can compare this one with the manifest.
    const ChecksumAlgorithm = 'SHA256' as const;
    await this.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: this.prefix + path, Body: content, ContentType, ChecksumAlgorithm }),
    );
  }
}
