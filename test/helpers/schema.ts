import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'ledger.schema.json'), 'utf8'));
const ajv = addFormats(new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }));
const validate = ajv.compile(schema);

/** What the published schema has against a ledger, one line each. */
export function schemaErrors(ledger: unknown): string[] {
  return validate(ledger) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
