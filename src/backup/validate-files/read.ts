import { createHash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { pathOf } from './paths';

/** Reading that ended before the file did, for want of time. */
export class NoTime extends Error {
  public override readonly name = 'NoTime';
}

/** A link is an error, and a pipe does not make the reader wait for a writer. */
const HOW = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The SHA-256 of a file, read to its end. */
export async function sumOf(root: string, name: string, hasTime: () => boolean): Promise<string> {
  return withFile(root, name, async (file, size) => {
    const hash = createHash('sha256');
    let read = 0;
    for await (const part of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
      if (!hasTime()) throw new NoTime('there was no time to read it to its end');
      hash.update(part as Buffer);
      read += (part as Buffer).length;
    }
    if (read !== size) throw new Error(`${read} bytes of ${size}`);
    return hash.digest('hex');
  });
}

/** A file in whole, in bytes; one that is larger than that is an error. */
export async function textOf(root: string, name: string, mostBytes: number): Promise<Buffer> {
  return withFile(root, name, async (file, size) => {
    if (size > mostBytes) throw new Error(`it has ${size} bytes, more than ${mostBytes}`);
    return file.readFile();
  });
}

async function withFile<T>(root: string, name: string, use: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  const file = await open(pathOf(root, name), HOW);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error('it is no file');
    return await use(file, stats.size);
  } finally {
    await file.close();
  }
}
