import { isObject, type Json, type JsonObject } from '../model/json';
import { METADATA_KEY } from '../model/metadata-key';

/**
 * Activity that is declared as usual, or a vulnerability that is accepted, as a template's `Metadata` records it: `UsualActivity` and
 * `VulnerabilityScanning` write it.
 */
export interface UsualActivityDeclaration {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it counts, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** What it covers: `principal arn:…`, `address 192.0.2.0/24`, `type Recon:*`, `source DELETIONS`, `resource i-…`. */
  readonly covers: readonly string[];
  /** Path of the construct that declares it. */
  readonly at: string;
}

/** Lists of a declaration, and what an entry of each is called. */
const COVERS = {
  principals: 'principal',
  addresses: 'address',
  types: 'type',
  sources: 'source',
  resources: 'resource',
} as const;

/** What the `Metadata` of a template declares as usual. What is not said stays empty: it is listed all the same. */
export function usualActivityIn({ Metadata: metadata }: JsonObject): UsualActivityDeclaration[] {
  const ours = isObject(metadata) ? metadata[METADATA_KEY] : undefined;
  const declared = isObject(ours) && Array.isArray(ours.usualActivity) ? ours.usualActivity : [];
  return declared.filter(isObject).map((each) => ({
    name: text(each.name),
    reason: text(each.reason),
    owner: text(each.owner),
    expires: text(each.expires),
    covers: Object.entries(COVERS).flatMap(([list, word]) => entries(each[list]).map((entry) => `${word} ${text(entry)}`)),
    at: text(each.at),
  }));
}

function entries(list: Json | undefined): readonly Json[] {
  return Array.isArray(list) ? list : [];
}

/** A value as text; what only deployment knows, such as the ARN of a role, as it is written. */
function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
