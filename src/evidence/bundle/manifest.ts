import { createHash } from 'node:crypto';

export const MANIFEST = 'manifest.json';
export const MANIFEST_VERSION = '1.0';

/** What a bundle holds, so that a change of any file can be found. */
export interface Manifest {
  readonly schemaVersion: typeof MANIFEST_VERSION;
  /** SHA-256 of the rest of the manifest. */
  readonly id: string;
  /** The ledger that the bundle was made from. */
  readonly ledger: { readonly id: string; readonly time: string };
  readonly tool: string;
  /** SHA-256 of the manifest of the bundle before this one; null for the first. */
  readonly previous: string | null;
  /** What should be in the bundle and could not be made. */
  readonly incomplete: readonly { readonly format: string; readonly problem: string }[];
  /** Whose signature is in `manifest.dsse.json`; null when there is none. */
  readonly signer: { readonly keyid: string; readonly publicKey: string } | null;
  readonly files: readonly ManifestFile[];
}

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A manifest as its file holds it, with its id. */
export function writeManifest(content: Omit<Manifest, 'id' | 'schemaVersion'>): string {
  return serialize({ ...content, schemaVersion: MANIFEST_VERSION, id: idOf(content) });
}

/** The id that a manifest must have. */
export function idOf(content: Omit<Manifest, 'id' | 'schemaVersion'>): string {
  return sha256(serialize({ ...content, schemaVersion: MANIFEST_VERSION, id: '' }));
}

/** The one way to write a manifest: what is written otherwise was altered. */
export function serialize({ schemaVersion, id, ledger, tool, previous, incomplete, signer, files }: Manifest): string {
  const ordered = {
    schemaVersion,
    id,
    ledger: { id: ledger.id, time: ledger.time },
    tool,
    previous,
    incomplete: incomplete.map(({ format, problem }) => ({ format, problem })),
    signer: signer && { keyid: signer.keyid, publicKey: signer.publicKey },
    files: files.map(({ path, bytes, sha256: hash }) => ({ path, bytes, sha256: hash })),
  };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
