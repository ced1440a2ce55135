import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/rules';
import { LEFT_OUT } from '../../src/rules/left-out';
import { FIXTURES } from '../helpers/fixtures';
import { describeIf } from '../helpers/optional';
import { DECIDABLE, TECHNICAL_CHECKS, TECHNICAL_CHECKS_FILE } from './technical-checks';

const slugs = new Set(RULES.map(({ slug }) => slug));
const aliases = new Set(RULES.flatMap((rule) => rule.aliases ?? []));
const known = new Set(TECHNICAL_CHECKS.map(({ slug }) => slug));

/** How often a check is accounted for. */
function timesAccounted(slug: string): number {
  return [slugs.has(slug), aliases.has(slug), Object.hasOwn(LEFT_OUT, slug)].filter(Boolean).length;
}

test('the table of checks is whole', () => {
  expect(TECHNICAL_CHECKS).toHaveLength(558);
  expect(known.size).toBe(558);
  expect(DECIDABLE).toHaveLength(456);
});

test('what synthesis can decide is a rule, another name of one, or left out with a reason: exactly one of them', () => {
  expect(DECIDABLE.filter(({ slug }) => timesAccounted(slug) === 0).map(({ slug }) => slug)).toEqual([]);
  expect(DECIDABLE.filter(({ slug }) => timesAccounted(slug) > 1).map(({ slug }) => slug)).toEqual([]);
});

test('what is at the core, or what two mappings ask for, is not left out', () => {
  const must = DECIDABLE.filter(({ tier, n_mapping_sources }) => tier === 'core' || Number(n_mapping_sources) >= 2);
  expect(must.length).toBeGreaterThan(180);
  expect(must.filter(({ slug }) => Object.hasOwn(LEFT_OUT, slug)).map(({ slug }) => slug)).toEqual([]);
});

test('other names of rules are names of checks', () => {
  expect([...aliases].filter((alias) => !known.has(alias))).toEqual([]);
});

test('what is left out is a check that synthesis could decide', () => {
  const decidable = new Set(DECIDABLE.map(({ slug }) => slug));
  expect(Object.keys(LEFT_OUT).filter((slug) => !decidable.has(slug))).toEqual([]);
});

test.each(Object.entries(LEFT_OUT))('%s is left out with a reason for somebody who misses it', (_, { why }) => {
  expect(why).toMatch(/^[`A-Z].*[.]$/);
  expect(why.split(' ').length).toBeGreaterThan(6);
  // A rule that is said to answer it exists.
  const names = [...why.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, name]) => name);
  expect(names.filter((name) => !slugs.has(name) && !aliases.has(name))).toEqual([]);
});

test.each(Object.entries(LEFT_OUT).filter(([, { because }]) => because === 'duplicate'))(
  '%s, which another rule answers, says which',
  (_, { why }) => expect(why).toMatch(/`[a-z0-9-]+`|rule of its own/),
);

const SHARED = join(FIXTURES, '..', 'reference', 'technical-checks.csv');

describeIf(existsSync(SHARED), 'the copy of the table of checks', `the original is not at ${SHARED}`, () => {
  test('is the original', () => {
    // Compared as one truth: a difference of hundreds of lines helps nobody.
    const [copy, original] = [TECHNICAL_CHECKS_FILE, SHARED].map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
    const same = copy === original;
    expect(same ? 'the same' : `copy ${SHARED} to ${TECHNICAL_CHECKS_FILE}`).toBe('the same');
  });
});
