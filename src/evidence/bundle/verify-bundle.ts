import { createPublicKey } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../model/errors';
import { ENVELOPE, envelopeFault, statementOf } from './envelope';
import { filesIn } from './files';
import { idOf, MANIFEST, type Manifest, serialize, sha256 } from './manifest';
import { keyIdOf } from './signer';

/** What was found of a bundle. */
export interface Verification {
  readonly manifest?: Manifest;
  /** What is wrong, each beginning with the name of the file. */
  readonly problems: readonly string[];
}

/**
 * Check that a bundle is as it was written.
 *
 * @param trusted the public key, as PEM, that the bundle must be signed with.
 */
export function verifyBundle(folder: string, trusted?: string): Verification {
  if (trusted !== undefined && fingerprint(trusted) === undefined)
    throw new InputError('--public-key: must be a file with a public key in PEM');
  let present: string[];
  try {
    present = filesIn(folder);
  } catch (error) {
    throw new InputError(`${folder}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!present.includes(MANIFEST)) throw new InputError(`${folder}: is no bundle of evidence: it has no ${MANIFEST}`);
  const text = readFileSync(join(folder, MANIFEST), 'utf8');
  const manifest = readManifest(text);
  if (!manifest) return { problems: [`${MANIFEST}: was altered: it is no manifest any more`] };
  const isWhole = serialize(manifest) === text && idOf(manifest) === manifest.id;
  return {
    manifest,
    problems: [
      ...(isWhole ? [] : [`${MANIFEST}: was altered: its id does not match its content`]),
      ...fileProblems(folder, manifest, present),
      ...signatureProblems(folder, manifest, text, present, trusted),
    ],
  };
}

function readManifest(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    const isListed = manifest.files.every(({ path, sha256: hash }) => typeof path === 'string' && typeof hash === 'string');
    // Whatever lacks a member cannot be written again.
    return isListed && serialize(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function fileProblems(folder: string, { files }: Manifest, present: readonly string[]): string[] {
  const listed = new Map(files.map((file) => [file.path, file]));
  const problems = files.filter(({ path }) => !present.includes(path)).map(({ path }) => `${path}: is missing`);
  for (const path of present) {
    if (path === MANIFEST || path === ENVELOPE) continue;
    const file = listed.get(path);
    const full = join(folder, path);
    if (!file) problems.push(`${path}: was added: the manifest does not list it`);
    else if (!lstatSync(full).isFile()) problems.push(`${path}: was altered: it is no file any more`);
    else if (sha256(readFileSync(full)) !== file.sha256)
      problems.push(`${path}: was altered: its SHA-256 is not the one in the manifest`);
  }
  return problems;
}

function signatureProblems(
  folder: string,
  manifest: Manifest,
  text: string,
  present: readonly string[],
  trusted?: string,
): string[] {
  const { signer } = manifest;
  const hasEnvelope = present.includes(ENVELOPE);
  if (!signer) {
    if (hasEnvelope) return [`${ENVELOPE}: was added: the manifest says that the bundle is not signed`];
    return trusted === undefined
      ? []
      : [`${ENVELOPE}: is missing: the bundle is not signed, and a key was given to check it with`];
  }
  if (!hasEnvelope) return [`${ENVELOPE}: is missing: the manifest says that the bundle is signed`];
  const problems: string[] = [];
  const isOther = trusted !== undefined && fingerprint(trusted) !== fingerprint(signer.publicKey);
  if (isOther) problems.push(`${ENVELOPE}: the bundle is signed with another key than the one given`);
  const envelope = readFileSync(join(folder, ENVELOPE), 'utf8');
  const fault = fingerprint(signer.publicKey)
    ? envelopeFault(envelope, statementOf(manifest, text), signer.publicKey)
    : 'the manifest names no key that could be read';
  if (fault !== undefined) problems.push(`${ENVELOPE}: was altered, or the manifest was: ${fault}`);
  return problems;
}

function fingerprint(pem: string): string | undefined {
  try {
    return keyIdOf(createPublicKey(pem));
  } catch {
    return undefined;
  }
}
