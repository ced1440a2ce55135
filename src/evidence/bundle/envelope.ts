import { createPublicKey, verify } from 'node:crypto';
import { MANIFEST, type Manifest, sha256 } from './manifest';
import type { Signer } from './signer';

export const ENVELOPE = 'manifest.dsse.json';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** A signature in an envelope of DSSE. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** The in-toto statement that is signed: every file of the bundle, and its manifest. */
export function statementOf(manifest: Manifest, manifestText: string): string {
  return JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: MANIFEST, digest: { sha256: sha256(manifestText) } },
      ...manifest.files.map(({ path, sha256: hash }) => ({ name: path, digest: { sha256: hash } })),
    ],
    predicateType: 'https://cdk-soc2.dev/evidence-bundle/v1',
    predicate: { manifest: manifest.id, ledger: manifest.ledger, tool: manifest.tool, previous: manifest.previous },
  });
}

/** A statement in an envelope, signed. */
export async function signed(statement: string, signer: Signer): Promise<string> {
  const signature = await signer.sign(preAuthentication(PAYLOAD_TYPE, Buffer.from(statement)));
  return serializeEnvelope({
    payloadType: PAYLOAD_TYPE,
    payload: Buffer.from(statement).toString('base64'),
    signatures: [{ keyid: signer.keyid, sig: signature.toString('base64') }],
  });
}

export function serializeEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const ordered = { payloadType, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) };
  return `${JSON.stringify(ordered, undefined, 2)}\n`;
}

/** What is wrong with an envelope that should hold a statement, signed with a key; undefined when nothing is. */
export function envelopeFault(text: string, statement: string, publicKey: string): string | undefined {
  let envelope: Envelope;
  try {
    envelope = JSON.parse(text) as Envelope;
    if (serializeEnvelope(envelope) !== text) return 'it is not written as cdk-soc2 writes it';
  } catch {
    return 'it is no envelope of DSSE';
  }
  if (envelope.payloadType !== PAYLOAD_TYPE) return `its payload type must be ${PAYLOAD_TYPE}`;
  if (envelope.payload !== Buffer.from(statement).toString('base64')) return 'what is signed is not this manifest';
  if (envelope.signatures.length !== 1) return 'it must have one signature';
  const [{ sig }] = envelope.signatures;
  const key = createPublicKey(publicKey);
  const data = preAuthentication(PAYLOAD_TYPE, Buffer.from(statement));
  const bytes = Buffer.from(sig, 'base64');
  if (bytes.toString('base64') !== sig) return 'its signature is not written in base64';
  return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', data, key, bytes)
    ? undefined
    : 'the signature does not fit the key';
}

/** What a signature of DSSE is over. */
export function preAuthentication(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body]);
}
