import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InputError } from '../../model/errors';

/** Signs bundles. */
export interface Signer {
  readonly keyid: string;
  /** The public half of the key, as PEM. */
  readonly publicKey: string;
  sign(data: Buffer): Promise<Buffer>;
}

const KINDS = ['ec', 'ed25519', 'rsa'];

/** Signs with a private key in a PEM file. */
export function localSigner(file: string): Signer {
  const key = privateKey(file);
  const kind = key.asymmetricKeyType ?? 'none';
  if (!KINDS.includes(kind))
    throw new InputError(`--key ${file}: must be a private key of a kind in ${KINDS.join(', ')}, got ${kind}`);
  const publicKey = createPublicKey(key);
  return {
    keyid: keyIdOf(publicKey),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: async (data) => sign(kind === 'ed25519' ? null : 'sha256', data, key),
  };
}

/** The name of a key: the SHA-256 of its public half. */
export function keyIdOf(publicKey: KeyObject): string {
  return `sha256:${createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;
}

function privateKey(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    // What OpenSSL says may quote the file.
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new InputError(`--key ${file}: must be a file with a private key in PEM, without a passphrase (${why})`);
  }
}
