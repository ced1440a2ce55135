import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rules as nagRules } from 'cdk-nag';
import { NAG_EQUIVALENTS, nagEquivalentsOf, wholeNagRule } from '../../src/checks/nag-equivalents';
import { RULES } from '../../src/rules';
import { TECHNICAL_CHECKS } from '../rules/technical-checks';

/** Functions of a pack of the installed cdk-nag, by the ids that its reports have. */
function idsIn(pack: string, name: string): Map<string, string> {
  const source = readFileSync(join(dirname(require.resolve('cdk-nag')), 'packs', `${pack}.js`), 'utf8');
  return new Map(
    [...source.matchAll(/this\.applyRule\(\{(.*?)\n\s+\}\)/gs)].map(([, body]) => {
      const rule = /^\s+rule: \w+\.(\w+),/m.exec(body)![1];
      return [`${name}-${/ruleSuffixOverride: '([^']+)'/.exec(body)?.[1] ?? rule}`, rule];
    }),
  );
}

const PACKS = new Map([...idsIn('aws-solutions', 'AwsSolutions'), ...idsIn('nist-800-53-r5', 'NIST.800.53.R5')]);

/** Where the table of checks names another function than the one that asks for the same. */
const OTHERWISE: Readonly<Record<string, string>> = {
  // Our rule asks for the log of errors; the log of slow searches is a rule of its own.
  'opensearch-logs': 'OpenSearchErrorLogsToCloudWatch',
};

test('the packs of cdk-nag are read', () => {
  expect(PACKS.size).toBeGreaterThan(200);
  expect(PACKS.get('AwsSolutions-S1')).toBe('S3BucketLoggingEnabled');
  expect(PACKS.get('NIST.800.53.R5-S3BucketVersioningEnabled')).toBe('S3BucketVersioningEnabled');
});

test.each(Object.entries(NAG_EQUIVALENTS))('%s has all the ids that the installed cdk-nag has for it', (_, { rule, ids }) => {
  expect([...ids].sort()).toEqual(
    [...PACKS]
      .filter(([, name]) => name === rule)
      .map(([id]) => id)
      .sort(),
  );
  expect(ids.length).toBeGreaterThan(0);
  expect(Object.values(nagRules).some((service) => Object.hasOwn(service, rule))).toBe(true);
});

test('every function that the table of checks names is there, where a pack has it', () => {
  const named = TECHNICAL_CHECKS.filter(({ cdk_nag_rule }) => [...PACKS.values()].includes(cdk_nag_rule));
  expect(named.length).toBeGreaterThan(120);
  expect(named.map(({ slug }) => [slug, NAG_EQUIVALENTS[slug]?.rule])).toEqual(
    named.map(({ slug, cdk_nag_rule }) => [slug, OTHERWISE[slug] ?? cdk_nag_rule]),
  );
});

test('every other one is what a rule that the table does not know says of itself', () => {
  const table = new Map(TECHNICAL_CHECKS.map(({ slug, cdk_nag_rule }) => [slug, cdk_nag_rule]));
  for (const [slug, { rule }] of Object.entries(NAG_EQUIVALENTS)) {
    if (table.get(slug) === rule) continue;
    if (table.has(slug)) expect(rule).toBe(OTHERWISE[slug]);
    expect(RULES.find((each) => each.slug === slug)?.references).toContainEqual(expect.stringContaining(`cdk-nag ${rule}`));
  }
});

test('every name is a rule of ours, or another name of one', () => {
  const names = RULES.flatMap(({ slug, aliases = [] }) => [slug, ...aliases]);
  expect(Object.keys(NAG_EQUIVALENTS).filter((name) => !names.includes(name))).toEqual([]);
});

test('a rule has the equivalents of all its names, and a rule of the user none', () => {
  const rule = RULES.find(({ slug }) => slug === 'redshift-encrypted')!;
  expect(nagEquivalentsOf(rule).flatMap(({ ids }) => ids)).toEqual([
    'AwsSolutions-RS6',
    'NIST.800.53.R5-RedshiftClusterConfiguration',
  ]);
  expect(nagEquivalentsOf({ slug: 'acme-bucket-names' })).toEqual([]);
  expect(nagEquivalentsOf({ slug: 'constructor' })).toEqual([]);
});

test.each([
  ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5'],
  ['AwsSolutions-S1', 'AwsSolutions-S1'],
])('%s is about %s', (id, whole) => {
  expect(wholeNagRule(id)).toBe(whole);
});
