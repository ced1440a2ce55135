import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Digest, DigestError, SIGNATURE_ALGORITHM } from './digest';
import type { PublicKeys } from './public-keys';

/**
 * Prove that a digest file is what CloudTrail signed.
 *
 * @param signature - that of the file's metadata, or, where those were lost, what the next digest file tells.
 * @throws DigestError when it is not, or when this cannot be told.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 */
export async function proveSignature(digest: Digest, signature: string | undefined, keys: PublicKeys): Promise<void> {
  const { file, algorithm, fingerprint } = digest;
  if (signature === undefined) throw new DigestError('signature-missing', file, 'it carries no signature');
  if (algorithm !== SIGNATURE_ALGORITHM)
    throw new DigestError('signature-invalid', file, `it is signed with '${algorithm}', not ${SIGNATURE_ALGORITHM}`);
  const value = await keys.find(fingerprint, digest);
  if (!value) throw new DigestError('key-unknown', file, `no public key of its Region has the fingerprint ${fingerprint}`);
  if (!verify('RSA-SHA256', Buffer.from(signedText(digest), 'utf8'), keyOf(value), Buffer.from(signature, 'hex')))
    throw new DigestError('signature-invalid', file, 'its signature is not of this content at this place');
}

/** The text that CloudTrail signs. */
export function signedText({
  endText,
  file,
  sha256,
  previous,
}: Pick<Digest, 'endText' | 'file' | 'sha256' | 'previous'>): string {
  return [endText, `${file.bucket}/${file.key}`, sha256, previous?.signature ?? 'null'].join('\n');
}

/** Keys are PKCS #1; a key among the examples of the documentation is SPKI, and it says that the encoding may change. */
function keyOf(value: Uint8Array): KeyObject {
  const key = Buffer.from(value);
  try {
    return createPublicKey({ key, format: 'der', type: 'pkcs1' });
  } catch {
    return createPublicKey({ key, format: 'der', type: 'spki' });
  }
}
