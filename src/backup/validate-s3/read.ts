import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** An object that was read. */
export interface Read {
  /** SHA-256 of what was read of it, in hexadecimal digits. */
  readonly sum: string;
  /** How it is encrypted, and with which key. */
  readonly encryption: string;
  /** Whether it goes on after what was read. */
  readonly isCut: boolean;
}

/** There was no time for an object, or for the rest of it. */
export class NoTime extends Error {
  public override readonly name = 'NoTime';
}

export const MEBIBYTE = 1024 * 1024;

/** Read an object, chunk by chunk: the function has no memory for a large one. */
export async function sumOf(
  s3: S3Client,
  bucket: string,
  key: string,
  hasTime: () => boolean,
  most = Number.POSITIVE_INFINITY,
): Promise<Read> {
  if (!hasTime()) throw new NoTime('there was no time for it');
  const { chunks, encryption } = await open(s3, bucket, key);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    if (!hasTime()) throw new NoTime('there was no time for its end');
    hash.update(chunk);
    bytes += chunk.length;
    // Whoever leaves the loop ends the connection.
    if (bytes > most) break;
  }
  return { sum: hash.digest('hex'), encryption, isCut: bytes > most };
}

/**
 * Read a text.
 *
 * @throws when it is larger than it may be.
 */
export async function textOf(s3: S3Client, bucket: string, key: string, most: number): Promise<string> {
  const { chunks } = await open(s3, bucket, key);
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) throw new Error(`it is larger than ${most} bytes`);
    read.push(chunk);
  }
  return Buffer.concat(read).toString('utf8');
}

async function open(s3: S3Client, Bucket: string, Key: string) {
  const object = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  const { Body: body, ServerSideEncryption: kind = 'none', SSEKMSKeyId: key = '' } = object;
  return { chunks: body as Readable as AsyncIterable<Uint8Array>, encryption: `${kind} ${key}`.trim() };
}
