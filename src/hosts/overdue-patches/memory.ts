import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Since when which patch is missing on which server: `i-1 openssl.x86_64`, and a time. */
export type Memory = Readonly<Record<string, string>>;

/**
 * What was remembered; nothing where the function runs for the first time.
 *
 * @throws when there is something that cannot be read: to begin anew would make every patch young.
 */
export async function recall(client: S3Client, Bucket: string, Key: string): Promise<Memory> {
  let text: string;
  try {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    text = (await body?.transformToString()) ?? '';
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return {};
    throw error;
  }
  const parsed = parse(text);
  if (!isMemory(parsed)) {
    throw new Error(
      `s3://${Bucket}/${Key} must say since when patches are missing, and says something else. Restore its previous version, or delete it: ` +
        'then every patch counts as missing from today on',
    );
  }
  return parsed.firstSeen;
}

/** Remember. */
export async function remember(client: S3Client, Bucket: string, Key: string, firstSeen: Memory): Promise<void> {
  const Body = JSON.stringify({ schemaVersion: 1, firstSeen });
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMemory(value: unknown): value is { firstSeen: Memory } {
  const { firstSeen } = (value ?? {}) as { firstSeen?: unknown };
  if (typeof firstSeen !== 'object' || firstSeen === null || Array.isArray(firstSeen)) return false;
  return Object.values(firstSeen).every((time) => typeof time === 'string' && !Number.isNaN(Date.parse(time)));
}
