import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'operating-record.schema.json'), 'utf8'));
const validate = addFormats(new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true })).compile(
  schema,
);

/** What the published schema has against a record of operating evidence, one line each. */
export function recordErrors(record: unknown): string[] {
  return validate(record) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
