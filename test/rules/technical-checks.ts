import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../helpers/csv';

/** Our copy of what the field's mappings check for SOC 2. */
export const TECHNICAL_CHECKS_FILE = join(__dirname, 'technical-checks.csv');

/** What the field's mappings check for SOC 2, each with the name that our rules have for it. */
export const TECHNICAL_CHECKS = readCsv(readFileSync(TECHNICAL_CHECKS_FILE, 'utf8'), [
  'slug',
  'sources',
  'decidable',
  'cdk_nag_rule',
  'tier',
  'n_mapping_sources',
]);

/** Those that synthesis can decide. */
export const DECIDABLE = TECHNICAL_CHECKS.filter(({ decidable }) =>
  ['template', 'template-cross-resource', 'app-level'].includes(decidable),
);
