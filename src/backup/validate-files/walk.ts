import type { Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import type { Draw } from '../restore-shared/draw';
import { BYTES, pathOf, shortly } from './paths';

/** What a walk is bounded by. */
export interface WalkBounds {
  readonly mostEntries: number;
  /** Whether there is time for more. */
  readonly hasTime: () => boolean;
}

/** What a walk found. */
export interface Walked {
  readonly files: number;
  readonly bytes: number;
  readonly folders: number;
  /** Links, pipes, sockets and devices, which are counted and left alone. */
  readonly others: number;
  readonly errors: readonly string[];
  /** Not set when a bound ended the walk. */
  readonly isWhole: boolean;
  /** Files that were drawn from all that were seen. */
  readonly drawn: readonly string[];
}

/** Entries that are asked about at the same time: each takes a way over the network. */
const AT_ONCE = 32;

/** Errors that are kept; the others are counted with the first. */
const MOST_ERRORS = 1_000;

/** Walk a tree. Links are never followed, so it ends, and does not leave the tree. */
export async function walk(root: string, draw: Draw, { mostEntries, hasTime }: WalkBounds): Promise<Walked> {
  const count = { files: 0, bytes: 0, folders: 0, others: 0, seen: 0 };
  const errors: string[] = [];
  const folders = [''];
  const fail = (error: unknown) => void (errors.length < MOST_ERRORS && errors.push(shortly(error)));
  const mayGoOn = () => count.seen < mostEntries && hasTime();
  const note = (name: string, stats: Stats) => {
    if (stats.isDirectory()) {
      count.folders += 1;
      folders.push(name);
    } else if (stats.isFile()) {
      count.files += 1;
      count.bytes += stats.size;
      draw.add(name);
    } else {
      count.others += 1;
    }
  };
  const look = async (names: readonly string[]) => {
    count.seen += names.length;
    const found = await Promise.allSettled(names.map((name) => lstat(pathOf(root, name))));
    for (const [index, each] of found.entries()) {
      if (each.status === 'fulfilled') note(names[index], each.value);
      else fail(each.reason);
    }
  };
  let isWhole = true;
  for (let folder = folders.pop(); folder !== undefined && isWhole; folder = folders.pop()) {
    try {
      for await (const names of inBatches(root, folder)) {
        await look(names);
        isWhole = mayGoOn();
        if (!isWhole) break;
      }
    } catch (error) {
      fail(error);
    }
  }
  const { seen: _, ...counted } = count;
  return { ...counted, errors, isWhole, drawn: draw.drawn };
}

async function* inBatches(root: string, folder: string): AsyncGenerator<readonly string[]> {
  let names: string[] = [];
  for await (const { name } of await opendir(pathOf(root, folder), { encoding: BYTES, bufferSize: 256 })) {
    names.push(folder === '' ? name : `${folder}/${name}`);
    if (names.length < AT_ONCE) continue;
    yield names;
    names = [];
  }
  if (names.length > 0) yield names;
}
