import type { JsonObject } from '../../model/json';

/** An answer of the SDK as JSON: dates become texts, and what the SDK adds of its own is left out. */
export function plain(answer: object): JsonObject {
  const { $metadata, ...content } = answer as Record<string, unknown>;
  return JSON.parse(JSON.stringify(content)) as JsonObject;
}
