import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Criterion } from '../../src/criteria/criterion';
import { criteriaOf, criterionById, TRUST_SERVICES_CRITERIA } from '../../src/criteria/trust-services-criteria';

test('all 61 criteria are described, each once', () => {
  expect(TRUST_SERVICES_CRITERIA.map(({ id }) => id)).toEqual(Object.values(Criterion));
  expect(TRUST_SERVICES_CRITERIA).toHaveLength(61);
});

test.each([
  ['security', 33],
  ['availability', 3],
  ['confidentiality', 2],
  ['processingIntegrity', 5],
  ['privacy', 18],
] as const)('the category %s has %i criteria', (category, count) => {
  expect(criteriaOf(category)).toHaveLength(count);
});

test.each(TRUST_SERVICES_CRITERIA)('$id is described as every criterion is', (criterion) => {
  expect(criterion.group).not.toBe('');
  expect(criterion.title).toMatch(/^[A-Z].*[^.]$/);
  expect(criterion.templates).toMatch(/^Templates .*\.$/);
  expect(criterion.templates.match(/\. /g)).toBeNull();
});

test('a criterion is found by its id', () => {
  expect(criterionById(Criterion.PI1_2)).toMatchObject({ id: 'PI1.2', category: 'processingIntegrity' });
});

test('the docstrings of the enum are the titles', () => {
  const source = readFileSync(join(__dirname, '..', '..', 'src', 'criteria', 'criterion.ts'), 'utf8');
  const docstrings = [...source.matchAll(/\/\*\* (.+) \*\/\n {2}\w+ = '(.+)'/g)].map(([, words, id]) => `${id} ${words}`);
  expect(docstrings).toEqual(TRUST_SERVICES_CRITERIA.map(({ id, title }) => `${id} ${title}.`));
});
