import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A folder that is removed when the tests of a file are done. */
export function temporaryFolder(name = 'folder'): string {
  const folder = mkdtempSync(join(tmpdir(), `cdk-soc2-${name}-`));
  folders.push(folder);
  return folder;
}

/** A copy of a folder, to be changed. */
export function copyOf(folder: string): string {
  const copy = temporaryFolder('copy');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
