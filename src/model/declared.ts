import { isObject, type JsonObject } from './json';
import { METADATA_KEY } from './metadata-key';

/** What a construct declares of itself in the `Metadata` of its template. */
export interface Declared {
  /** What it is about: `backup`. */
  readonly kind: string;
  /** Path of the construct. */
  readonly at: string;
  readonly says: JsonObject;
}

/** What a template declares, in its order. What is not well formed was not written by a construct, and is no declaration. */
export function declaredIn({ Metadata: metadata }: JsonObject): Declared[] {
  const ours = isObject(metadata) ? metadata[METADATA_KEY] : undefined;
  const declarations = isObject(ours) && Array.isArray(ours.declarations) ? ours.declarations : [];
  return declarations.flatMap((each) => {
    if (!isObject(each)) return [];
    const { kind, at, says } = each;
    const isWellFormed = typeof kind === 'string' && kind !== '' && typeof at === 'string' && isObject(says);
    return isWellFormed ? [{ kind, at, says }] : [];
  });
}
