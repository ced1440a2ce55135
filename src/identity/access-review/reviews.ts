import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SIGNED } from '../access-review-settings';
import { everyPage } from './every-page';
import type { Earlier, Report } from './report';
import type { Access } from './review';
import { reviewWorkbook } from './workbook';

/** The file that says that a review is there: it is written last. */
const FILE = 'access-review.json';

/** A review in the bucket. */
export interface StoredReview {
  /** `2026-10-01` */
  readonly day: string;
  readonly isSigned: boolean;
}

/** The reviews of an account in a bucket: a folder for each, by its day. */
export class Reviews {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly folder: string,
  ) {}

  /** Reviews that are there, the latest first. A folder of no day, or of one to come, is none: it would stand for the next one. */
  public async all(now: Date): Promise<StoredReview[]> {
    const keys = await everyPage('reviews', async (ContinuationToken) => {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: this.folder, ContinuationToken }),
      );
      const items = page.Contents?.map(({ Key: key = '', Size: size = 0 }) => ({ path: key.slice(this.folder.length), size }));
      return { items, next: page.NextContinuationToken, isTruncated: page.IsTruncated };
    });
    const signed = keys
      .filter(({ path, size }) => path.slice(11).startsWith(SIGNED) && size > 0)
      .map(({ path }) => path.slice(0, 10));
    return keys
      .flatMap(({ path }) => /^(\d{4}-\d{2}-\d{2})\/access-review\.json$/.exec(path)?.[1] ?? [])
      .filter((day) => Date.parse(day) <= now.getTime())
      .map((day) => ({ day, isSigned: signed.includes(day) }))
      .sort((a, b) => (a.day < b.day ? 1 : -1));
  }

  /** What was found in a review. One that cannot be read is an error: without it nobody knows what changed. */
  public async read(day: string): Promise<Earlier> {
    const Key = `${this.folder}${day}/${FILE}`;
    const { Body: body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
    const { access } = JSON.parse((await body?.transformToString()) ?? '') as { readonly access?: unknown };
    if (!Array.isArray(access)) throw new Error(`${Key} has no list of access: it is no review`);
    return { day, access: access as Access[] };
  }

  /** Write a review. Where two run at once, the first is the one that counts. */
  public async write(day: string, report: Report): Promise<void> {
    const workbook = reviewWorkbook(report);
    const sha256 = createHash('sha256').update(workbook).digest('hex');
    const file = `access-review-${sha256.slice(0, 8)}.xlsx`;
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await this.put(`${day}/${file}`, workbook, type, false);
    await this.put(`${day}/${FILE}`, JSON.stringify({ ...report, workbook: { file, sha256 } }), 'application/json', true);
  }

  private async put(path: string, content: string | Uint8Array, ContentType: string, isFirst: boolean): Promise<void> {
    const Body = typeof content === 'string' ? Buffer.from(content) : content;
    const request = { Bucket: this.bucket, Key: this.folder + path, Body, ContentType, ChecksumAlgorithm: 'SHA256' as const };
    try {
      await this.client.send(new PutObjectCommand(isFirst ? { ...request, IfNoneMatch: '*' } : request));
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
    }
  }
}
