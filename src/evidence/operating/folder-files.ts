import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../model/errors';
import type { EvidenceFiles } from './evidence-files';

/** Ending of files that are being written. One that is left was written by a run that was killed. */
export const UNFINISHED = '.unfinished';

/** A folder. A file in it is there whole or not at all, even when the machine stops. */
export class FolderFiles implements EvidenceFiles {
  constructor(public readonly folder: string) {}

  public async read(path: string): Promise<Buffer | undefined> {
    try {
      return readFileSync(join(this.folder, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  public async write(path: string, content: Uint8Array): Promise<void> {
    const file = join(this.folder, path);
    try {
      replace(file, content);
    } catch (error) {
      throw new InputError(`${file}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Write a file beside its place, and move it there when the disk has it. */
function replace(file: string, content: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}${UNFINISHED}`;
  const handle = openSync(unfinished, 'w', 0o600);
  try {
    for (let written = 0; written < content.length; ) written += writeSync(handle, content, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(unfinished, file);
}
