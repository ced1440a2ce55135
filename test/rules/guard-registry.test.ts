import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/rules';
import { describeWithFixtures, FIXTURES } from '../helpers/fixtures';
import { verdictOf } from '../helpers/judge';
import { DISAGREEMENTS } from './guard-registry.disagreements';
import { GUARD_LINKS, SPELLINGS } from './guard-registry.links';

interface Case {
  readonly rule: string;
  readonly case: string;
  readonly expect: 'PASS' | 'FAIL';
  readonly template: never;
}

describeWithFixtures('agreement with the labelled templates of another rule set', () => {
  const cases: Case[] = JSON.parse(readFileSync(join(FIXTURES, 'guard-registry.json'), 'utf8'));
  const bySlug = new Map(RULES.flatMap((rule) => [rule.slug, ...(rule.aliases ?? [])].map((slug) => [slug, rule])));
  const linked = cases.flatMap((each) => {
    const rules = (GUARD_LINKS[SPELLINGS[each.rule.toLowerCase()] ?? each.rule.toLowerCase()] ?? []).flatMap(
      (slug) => bySlug.get(slug) ?? [],
    );
    return rules.length === 0 ? [] : [{ ...each, rules, name: `${each.rule} / ${each.case}` }];
  });
  const only = process.env.ONLY;

  test.each(linked.filter(({ rules }) => !only || rules.some(({ slug }) => slug.startsWith(only))))(
    '$name ($expect)',
    ({ name, template, rules, expect: expected }) => {
      const verdicts = rules.map((rule) => verdictOf(rule, template));
      const ours = verdicts.includes('fail') ? 'FAIL' : verdicts.includes('undetermined') ? 'UNDETERMINED' : 'PASS';
      const disagreement = DISAGREEMENTS[name];
      expect({ name, ours }).toEqual({ name, ours: disagreement?.ours ?? expected });
    },
  );

  test('every explained disagreement is one', () => {
    const names = new Map(linked.map((each) => [each.name, each.expect]));
    expect(
      Object.entries(DISAGREEMENTS).filter(([name, { ours }]) => names.get(name) === undefined || names.get(name) === ours),
    ).toEqual([]);
  });
});
