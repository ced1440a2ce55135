import { fixOf } from '../../src/checks/fix';
import { judge } from '../../src/checks/judge';
import { Assembly } from '../../src/model/assembly';
import type { JsonObject } from '../../src/model/json';
import { Template } from '../../src/model/template';
import { RULES } from '../../src/rules';
import { isInheritable, type Rule } from '../../src/rules/rule';
import { templateOf } from '../helpers/judge';

/** What the library says to do about everything that it finds in a template. */
function fixes(body: JsonObject, rules: readonly Rule[] = RULES): Map<string, string> {
  const assembly = new Assembly([new Template(body, { path: 't.json', sha256: '' })], true);
  return new Map(
    judge(assembly, { rules, now: new Date(0) }).map((each) => [
      `${each.evaluation.rule.slug} ${each.evaluation.outcome}`,
      fixOf(each),
    ]),
  );
}

const hint = (slug: string) => `\`inherited: [{ rule: '${slug}', owner: '…', pointer: '…' }]\`.`;

test('what is missing ends with what to declare, ready to be copied, and says so once', () => {
  const found = fixes({ Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } } } });
  const missing = [...found].filter(([name]) => name.endsWith(' missing'));
  expect(missing.length).toBeGreaterThan(10);
  for (const [name, fix] of missing) {
    const [slug] = name.split(' ');
    expect(fix.endsWith(hint(slug))).toBe(true);
    expect(fix.split('inherited: [')).toHaveLength(2);
  }
});

test('a resource that lacks what another team may provide says so as well', () => {
  const files = { Files: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: true } } };
  expect(fixes({ Resources: files }).get('efs-backup missing')).toMatch(hint('efs-backup').slice(1));
});

test('what is set up wrongly cannot be inherited, and does not say so', () => {
  const detector = { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: false } };
  const found = fixes({ Resources: { D: detector, B: { Type: 'AWS::S3::Bucket' } } });
  for (const slug of ['guardduty-enabled', 's3-bucket-versioning'])
    expect(found.get(`${slug} fail`)).toBe(RULES.find((rule) => rule.slug === slug)!.remediation);
});

test('no hint that a rule gives by itself is for another rule', () => {
  for (const { slug, remediation } of RULES.filter(isInheritable))
    for (const [, named] of remediation.matchAll(/inherited: \[\{ rule: '([^']*)'/g)) expect(named).toBe(slug);
});

test('every example in which a rule finds something missing says what to declare', () => {
  const told = RULES.filter(isInheritable).flatMap((rule) =>
    Object.values(rule.examples.fail).flatMap((example) => fixes(templateOf(example), [rule]).get(`${rule.slug} missing`) ?? []),
  );
  expect(told.length).toBeGreaterThan(60);
  expect(told.filter((fix) => !/`inherited: \[\{ rule: '[a-z0-9-]+', owner: '…', pointer: '…' \}\]`\.$/.test(fix))).toEqual([]);
});
