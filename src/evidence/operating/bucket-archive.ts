import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { InputError } from '../../model/errors';
import type { Archive, ArchivedFile } from './archive';

/** The archive in the bucket that the trail delivers to. */
export class BucketArchive implements Archive {
  /** @param url `s3://bucket` or `s3://bucket/prefix`, in which `AWSLogs` is. */
  public static at(url: string, client: S3Client, option = '--archive'): BucketArchive {
    const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url) ?? [];
    if (bucket === undefined) throw new InputError(`${option} must be a folder or s3://bucket/prefix, got '${url}'`);
    const folder = prefix.replace(/\/+$/, '').replace(/(^|\/)AWSLogs$/, '');
    return new BucketArchive(client, bucket, folder === '' ? '' : `${folder}/`);
  }

  public readonly place: string;

  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly prefix: string,
  ) {
    this.place = `s3://${bucket}/${prefix}`;
  }

  public async *list(prefix: string, after?: string): AsyncGenerator<string> {
    const request = { Bucket: this.bucket, Prefix: this.prefix + prefix, StartAfter: after && this.prefix + after };
    for await (const { Contents: objects = [] } of paginateListObjectsV2({ client: this.client }, request))
      for (const { Key: key = '' } of objects) yield key.slice(this.prefix.length);
  }

  public async read(key: string): Promise<ArchivedFile | undefined> {
    try {
      const { Body: body, Metadata: metadata = {} } = await this.client.send(
        new GetObjectCommand({ Bucket: this.bucket, Key: this.prefix + key }),
      );
      return { content: Buffer.from(await body!.transformToByteArray()), metadata };
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }
}
