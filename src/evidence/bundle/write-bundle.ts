import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { version } from '../../../package.json';
import { InputError } from '../../model/errors';
import type { Evidence } from '../evidence';
import type { BundleFile, Renderer } from '../renderers/renderer';
import { ENVELOPE, signed, statementOf } from './envelope';
import { filesIn } from './files';
import { MANIFEST, type Manifest, type ManifestFile, sha256, writeManifest } from './manifest';
import { settleLinks } from './settle-links';
import type { Signer } from './signer';

export interface BundleOptions {
  readonly folder: string;
  readonly renderers: readonly Renderer[];
  readonly signer?: Signer;
  /** SHA-256 of the manifest of the bundle before; by default that of the bundle which this one replaces. */
  readonly previous?: string;
  /** Told what is being done. */
  readonly onProgress?: (what: string, done: number, all: number) => void;
}

/** What became of a bundle. */
export interface WrittenBundle {
  readonly files: number;
  readonly failed: Manifest['incomplete'];
}

/** Write a bundle. What one renderer cannot make does not keep the others from theirs: the manifest says what is missing. */
export async function writeBundle(evidence: Evidence, options: BundleOptions): Promise<WrittenBundle> {
  const { folder, renderers, signer, onProgress } = options;
  const replaced = clear(folder);
  const previous = options.previous ?? replaced;
  const files: ManifestFile[] = [];
  const pages: BundleFile[] = [];
  const failed: { format: string; problem: string }[] = [];
  const keep = (path: string, content: BundleFile['content']) => {
    const bytes = Buffer.from(content as string);
    write(join(folder, path), bytes);
    files.push({ path, bytes: bytes.length, sha256: sha256(bytes) });
  };
  for (const [index, renderer] of renderers.entries()) {
    onProgress?.(renderer.what, index, renderers.length);
    try {
      for await (const file of renderer.render(evidence)) {
        if (file.isPage) pages.push(file);
        else keep(file.path, file.content);
      }
    } catch (error) {
      failed.push({ format: renderer.format, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  const written = [...files, ...pages].map(({ path }) => path);
  for (const { path, content } of pages) keep(path, settleLinks(String(content), path, written));
  const { id, time } = evidence.ledger.synthesis;
  const text = writeManifest({
    ledger: { id, time },
    tool: `cdk-soc2 ${version}`,
    previous: previous ?? null,
    incomplete: failed,
    signer: signer ? { keyid: signer.keyid, publicKey: signer.publicKey } : null,
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
  });
  write(join(folder, MANIFEST), Buffer.from(text));
  if (signer) write(join(folder, ENVELOPE), Buffer.from(await signed(statementOf(JSON.parse(text) as Manifest, text), signer)));
  return { files: files.length, failed };
}

/** Make room for a bundle, and tell which it replaces. Nothing is removed but what a bundle listed. */
function clear(folder: string): string | undefined {
  let present: string[];
  try {
    mkdirSync(folder, { recursive: true });
    present = filesIn(folder);
  } catch (error) {
    throw new InputError(
      `--out ${folder}: cannot be used as a folder: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (present.length === 0) return undefined;
  const text = present.includes(MANIFEST) ? readFileSync(join(folder, MANIFEST), 'utf8') : '{}';
  const listed = new Set([MANIFEST, ENVELOPE, ...listedIn(text)]);
  const foreign = present.find((path) => !listed.has(path));
  if (foreign !== undefined)
    throw new InputError(
      `--out ${folder}: must be empty, or hold a bundle and nothing else, got the file ${foreign}; choose another folder, or remove it`,
    );
  for (const path of present) rmSync(join(folder, path));
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  return sha256(text);
}

function listedIn(text: string): string[] {
  try {
    return (JSON.parse(text) as Manifest).files.map(({ path }) => path);
  } catch {
    return [];
  }
}

function write(file: string, content: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
