import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder by its path with forward slashes, in order; links and the like are files here. */
export function filesIn(folder: string, path = ''): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      return entry.isDirectory() ? filesIn(folder, inside) : [inside];
    });
}
