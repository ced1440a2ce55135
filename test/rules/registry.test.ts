import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROLS } from '../../src/criteria/controls';
import { RULES } from '../../src/rules';
import { RETIRED_IDS } from '../../src/rules/retired';

/** What a template says by itself: whether a password stands in it, whether something is there or is referred to at all. */
const DECIDED =
  /(no-plaintext-password|^(backup-plan-exists|cfn-parameters-no-secrets|environment-declared|iam-user-no-console-password|secret-not-written|vpc-sg-in-use))$/;

const RULES_FOLDER = join(__dirname, '..', '..', 'src', 'rules');

test('ids are unique', () => {
  const ids = RULES.map((rule) => rule.id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('ids of retired rules are not used again', () => {
  expect(RULES.map((rule) => rule.id).filter((id) => RETIRED_IDS.includes(id))).toEqual([]);
});

test('slugs and aliases are unique', () => {
  const slugs = RULES.flatMap((rule) => [rule.slug, ...(rule.aliases ?? [])]);
  expect(slugs.filter((slug, index) => slugs.indexOf(slug) !== index)).toEqual([]);
});

test('every file in a service folder is a rule of the registry', () => {
  const files = readdirSync(RULES_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .flatMap((entry) => readdirSync(join(RULES_FOLDER, entry.name)))
    .map((file) => file.replace(/\.ts$/, ''));
  expect(RULES.map((rule) => rule.slug).sort()).toEqual(files.sort());
});

describe.each(RULES.map((rule) => ({ rule, slug: rule.slug })))('$slug', ({ rule }) => {
  test('is described as every rule is', () => {
    expect(rule.id).toMatch(/^[A-Z][A-Za-z0-9]*\.[1-9]\d*$/);
    expect(rule.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.rationale).toMatch(/\.$/);
    expect(rule.remediation).toMatch(/\.$/);
    expect(rule.criteria.length).toBeGreaterThan(0);
    expect(rule.references.length).toBeGreaterThan(0);
    expect(rule.resourceTypes.length).toBeGreaterThan(0);
    expect(Object.keys(CONTROLS)).toContain(rule.control);
  });

  test('has an example that passes, and two that fail', () => {
    expect(Object.keys(rule.examples.pass).length).toBeGreaterThan(0);
    expect(Object.keys(rule.examples.fail).length).toBeGreaterThan(1);
  });

  test('has an example that only deployment decides, where a parameter can', () => {
    expect(Object.keys(rule.examples.undetermined ?? {}).length > 0).toBe(!DECIDED.test(rule.slug));
  });

  test('stands in the folder of its service', () => {
    const services = readdirSync(RULES_FOLDER).filter((service) => existsSync(join(RULES_FOLDER, service, `${rule.slug}.ts`)));
    expect(services).toHaveLength(1);
    expect(services[0]).toBe(rule.id.split('.')[0].toLowerCase());
  });
});
