import { type CloudTrailClient, paginateListPublicKeys } from '@aws-sdk/client-cloudtrail';

const HOUR = 3_600_000;

/** When a digest file was signed. */
interface Signed {
  readonly end: Date;
  readonly madeAt: Date | undefined;
}

/** The public keys of CloudTrail in a Region. */
export interface PublicKeys {
  /** The key of a fingerprint, DER. */
  find(fingerprint: string, signed: Signed): Promise<Uint8Array | undefined>;
}

/** Asks CloudTrail for its keys: for those of the period once, and again where a digest file names one that is not among them. */
export function cloudTrailKeys(client: CloudTrailClient, from: Date, to: Date): PublicKeys {
  const known = new Map<string, Uint8Array>();
  const asked = new Set<string>();
  const ask = async (StartTime: Date, EndTime: Date) => {
    const range = `${StartTime.toISOString()} ${EndTime.toISOString()}`;
    if (asked.has(range)) return;
    for await (const { PublicKeyList = [] } of paginateListPublicKeys({ client }, { StartTime, EndTime }))
      for (const { Fingerprint, Value } of PublicKeyList) known.set(Fingerprint!, Value!);
    asked.add(range);
  };
  return {
    async find(fingerprint, { end, madeAt }) {
      await ask(from, new Date(to.getTime() + 2 * HOUR));
      const signedAt = (madeAt ?? end).getTime();
      if (!known.has(fingerprint)) await ask(new Date(signedAt - HOUR), new Date(signedAt + HOUR));
      return known.get(fingerprint);
    },
  };
}
