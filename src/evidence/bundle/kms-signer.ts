import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { InputError } from '../../model/errors';
import type { Signer } from './signer';

/** A key or an alias, with its Region. */
const ARN = /^arn:[^:]+:kms:([^:]+):\d{12}:(key|alias)\/.+$/;

/** Signs with a key of AWS KMS that is for signing, on the curve P-256. */
export async function kmsSigner(arn: string, client = clientFor(arn)): Promise<Signer> {
  const {
    PublicKey: der,
    KeySpec: spec,
    KeyId: keyid = arn,
  } = await ask(arn, () => client.send(new GetPublicKeyCommand({ KeyId: arn })));
  if (spec !== 'ECC_NIST_P256' || !der)
    throw new InputError(`--kms-key ${arn}: must be a key of the kind ECC_NIST_P256, got ${spec}`);
  const publicKey = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  return {
    keyid,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: async (data) => {
      const digest = createHash('sha256').update(data).digest();
      const { Signature: signature } = await ask(arn, () =>
        client.send(new SignCommand({ KeyId: arn, Message: digest, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' })),
      );
      if (!signature) throw new InputError(`--kms-key ${arn}: AWS KMS gave no signature`);
      return Buffer.from(signature);
    },
  };
}

function clientFor(arn: string): KMSClient {
  const [, region] = ARN.exec(arn) ?? [];
  if (!region) throw new InputError(`--kms-key must be the ARN of a key or an alias, got '${arn}'`);
  return new KMSClient({ region });
}

async function ask<T>(arn: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw new InputError(`--kms-key ${arn}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
