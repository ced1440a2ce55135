import { canonical, type JsonObject } from '../../model/json';
import { sha256 } from '../bundle/manifest';
import type { EvidenceRecord, RecordedFile } from './evidence-record';
import type { Unit } from './unit-state';

/** The file that lists what a run collected. */
export const COLLECTION = 'collection.json';
export const COLLECTION_VERSION = '1.0';

/** What a run collected, what it could not, and the hash of every file, so that a change can be found. */
export interface Collection {
  readonly schemaVersion: typeof COLLECTION_VERSION;
  /** SHA-256 of the rest as canonical JSON. */
  readonly id: string;
  readonly tool: string;
  readonly account: string;
  readonly regions: readonly string[];
  readonly caller: string | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly archive: string | null;
  readonly collectors: readonly string[];
  readonly finished: string;
  /** SHA-256 of the manifest of the collection before this one; null for the first. */
  readonly previous: string | null;
  /** What is missing; empty when all was collected. */
  readonly missing: readonly Missing[];
  readonly records: readonly ListedRecord[];
  readonly files: readonly RecordedFile[];
}

export interface Missing extends Unit {
  /** Null when the collector as a whole failed. */
  readonly query: string | null;
  readonly problem: string;
}

/** A record, as the list of a collection has it. */
export interface ListedRecord {
  readonly path: string;
  readonly id: string;
  readonly collector: string;
  readonly query: string;
  readonly title: string;
  readonly account: string;
  readonly region: string | null;
  readonly controls: readonly string[];
  readonly covers: 'period' | 'moment';
  readonly rows: number;
  readonly truncated: string | null;
  readonly complete: boolean;
}

/** A manifest as its file holds it, with its id. */
export function writeCollection(content: Omit<Collection, 'id' | 'schemaVersion'>): string {
  const collection: Collection = { ...content, schemaVersion: COLLECTION_VERSION, id: '' };
  return serializeCollection({ ...collection, id: collectionId(collection) });
}

/** The id that a manifest must have. */
export function collectionId(collection: Collection): string {
  const { id, ...content } = collection;
  return sha256(canonical(content as unknown as JsonObject));
}

export function serializeCollection(collection: Collection): string {
  return `${canonical(collection as unknown as JsonObject)}\n`;
}

export function listed(record: EvidenceRecord, path: string): ListedRecord {
  const { id, collector, query, account, region, controls, covers, rows, truncated, missing } = record;
  return {
    path,
    id,
    collector: collector.id,
    query: query.id,
    title: query.title,
    account,
    region,
    controls,
    covers,
    rows,
    truncated,
    complete: missing.length === 0,
  };
}
