import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED } from '../../projenrc/docs/generated';
import { SERVICES } from '../../projenrc/docs/services';
import { RULES } from '../../src/rules';

const ROOT = join(__dirname, '..', '..');
const ADVICE = 'This file is generated: run `npx projen generate` and commit the result.';

test.each(GENERATED)('$path is up to date', ({ path, render }) => {
  // Compared as one truth: a difference of thousands of lines helps nobody.
  const upToDate = readFileSync(join(ROOT, path), 'utf8') === render();
  expect(upToDate ? 'up to date' : `${path} is out of date. ${ADVICE}`).toBe('up to date');
});

test('every service is explained in projenrc/docs/services.ts', () => {
  const services = [...new Set(RULES.map((rule) => rule.id.split('.')[0].toLowerCase()))];
  expect(services.filter((service) => !SERVICES[service])).toEqual([]);
});
