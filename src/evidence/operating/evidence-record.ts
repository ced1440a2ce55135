import { controlEntries } from '../../criteria/controls';
import { canonical, type Json, type JsonObject } from '../../model/json';
import { sha256 } from '../bundle/manifest';
import type { Call } from './collector';

/** The version of the format of records; see `schema/operating-record.schema.json`. */
export const RECORD_VERSION = '1.0';

/** What was asked, of whom, by whom, and what came: the one form of all operating evidence. */
export interface EvidenceRecord {
  readonly schemaVersion: typeof RECORD_VERSION;
  /** SHA-256 of the rest of the record as canonical JSON. */
  readonly id: string;
  readonly collector: { readonly id: string; readonly title: string; readonly version: number; readonly tool: string };
  readonly controls: readonly string[];
  readonly criteria: readonly string[];
  readonly query: { readonly id: string; readonly title: string; readonly calls: readonly Call[] };
  readonly account: string;
  /** Null for what belongs to the account as a whole. */
  readonly region: string | null;
  /** ARN of who asked; null when only files were read. */
  readonly caller: string | null;
  readonly covers: 'period' | 'moment';
  readonly period: { readonly from: string; readonly to: string };
  /** When it was collected, by the clock of AWS. */
  readonly collected: { readonly started: string; readonly finished: string };
  /** How many answers of AWS, or files, were read. */
  readonly pages: number;
  readonly rows: number;
  /** Rows that came again, and are not counted. */
  readonly duplicates: number;
  /** Values that were taken out before anything was written. */
  readonly redacted: number;
  /** Why AWS does not tell all of it; null when it told all. */
  readonly truncated: string | null;
  /** What could not be read. */
  readonly missing: readonly string[];
  /** SHA-256 over the payload: of all lines of its files, one after the other. */
  readonly sha256: string;
  /** Files of rows: each line is `{"data":…,"id":…}` as canonical JSON. Paths are relative to the folder of the collection. */
  readonly payload: readonly PayloadFile[];
  readonly attachments: readonly RecordedFile[];
}

/** A file that belongs to a record. */
export interface RecordedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface PayloadFile extends RecordedFile {
  readonly rows: number;
}

/** A record with its id. */
export function sealed(content: Omit<EvidenceRecord, 'id' | 'schemaVersion' | 'criteria'>): EvidenceRecord {
  const record = { ...content, schemaVersion: RECORD_VERSION, criteria: criteriaOf(content.controls) } as const;
  return { ...record, id: recordId(record) };
}

/** The id that a record must have. */
export function recordId(record: Omit<EvidenceRecord, 'id'>): string {
  const { id, ...content } = record as EvidenceRecord;
  return sha256(canonical(content as unknown as JsonObject));
}

/** A record as its file holds it. */
export function serializeRecord(record: EvidenceRecord): string {
  return `${canonical(record as unknown as Json)}\n`;
}

function criteriaOf(controls: readonly string[]): string[] {
  const criteria = controlEntries().flatMap(([id, control]) => (controls.includes(id) ? control.criteria : []));
  return [...new Set(criteria)].sort();
}
