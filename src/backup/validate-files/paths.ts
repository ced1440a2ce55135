import { lstat } from 'node:fs/promises';

/**
 * Names of files are bytes, and need not be text. They are kept as texts of which every character stands for one byte, so that no
 * name is changed on its way.
 */
export const BYTES = 'latin1';

/** The path of something below a folder, for the calls of Node.js. */
export function pathOf(folder: string, name: string): Buffer {
  return Buffer.from(name === '' ? folder : `${folder}/${name}`, BYTES);
}

/** A path that a user or a list names, in bytes. */
export function named(path: string): string {
  return Buffer.from(path, 'utf8').toString(BYTES);
}

/** A path that leads out of the file system, or could. */
export class LeadsOut extends Error {
  public override readonly name = 'LeadsOut';
}

/** Find something by a path from outside: it goes down by real folders only, never up, and never by a link. */
export async function locate(root: string, path: string): Promise<string> {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new LeadsOut('the path leads upwards');
  for (let depth = 1; depth < parts.length; depth++) {
    const above = await lstat(pathOf(root, parts.slice(0, depth).join('/')));
    if (above.isSymbolicLink()) throw new LeadsOut('the path leads through a link');
  }
  return parts.join('/');
}

/** What went wrong, without the path that messages of Node.js have: names of files are not shown. */
export function shortly(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code ?? message ?? 'unknown';
}
