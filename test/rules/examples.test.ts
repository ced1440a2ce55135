import { RULES } from '../../src/rules';
import type { Rule } from '../../src/rules/rule';
import { judge, verdictOf } from '../helpers/judge';

describe.each(RULES.map((rule): [string, Rule] => [rule.slug, rule]))('%s', (_, rule) => {
  test.each(Object.entries(rule.examples.pass))('passes: %s', (__, example) => {
    expect({ verdict: verdictOf(rule, example), findings: findings(rule, example) }).toEqual({ verdict: 'pass', findings: [] });
  });

  test.each(Object.entries(rule.examples.fail))('fails: %s', (__, example) => {
    expect(verdictOf(rule, example)).toBe('fail');
    expect(crashes(rule, example)).toEqual([]);
  });

  const undetermined = Object.entries(rule.examples.undetermined ?? {});
  if (undetermined.length > 0) {
    test.each(undetermined)('cannot tell before deployment: %s', (__, example) => {
      expect(verdictOf(rule, example)).toBe('undetermined');
      expect(crashes(rule, example)).toEqual([]);
    });
  }
});

function findings(rule: Rule, example: Parameters<typeof judge>[1]): string[] {
  return judge(rule, example).flatMap((evaluation) =>
    evaluation.findings.map((finding) => `${finding.path}: ${finding.problem}`),
  );
}

function crashes(rule: Rule, example: Parameters<typeof judge>[1]): unknown[] {
  return judge(rule, example).flatMap((evaluation) => evaluation.crash ?? []);
}
