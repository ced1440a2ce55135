import { compare } from '../../src/evidence/diff/compare';
import { inWords } from '../../src/evidence/diff/words';
import { EVERY_KIND, HOSTILE, ledgerOf, result } from './sample';

const before = ledgerOf([result('S3.1', 'A'), result('S3.1', 'B', { verdict: 'fail' }), result('S3.2', 'Gone')]);
const after = ledgerOf([
  result('S3.1', 'A', { verdict: 'fail' }),
  result('S3.1', 'B'),
  result('S3.2', 'New', { verdict: 'fail' }),
]);

test('nothing changed when nothing did', () => {
  expect(inWords(compare(before, before), 'text')).toBe('Nothing changed.\n');
});

test('what got worse, what got better, and what came and went are told apart', () => {
  const { worse, better, added, removed, blocking } = compare(before, after);
  expect(worse.map(({ evaluation, before: was, after: is }) => [evaluation.logicalId, was, is])).toEqual([
    ['A', 'pass', 'error'],
    ['New', undefined, 'warning'],
  ]);
  expect(better.map(({ evaluation, after: is }) => [evaluation.logicalId, is])).toEqual([['B', 'pass']]);
  expect(added).toEqual(['AWS::S3::Bucket Shop/New/Resource']);
  expect(removed).toEqual(['AWS::S3::Bucket Shop/Gone/Resource']);
  expect(blocking).toBe(1);
});

test('an exception that was added, taken back, or ended is told', () => {
  const [exception] = ledgerOf().exceptions;
  const none = ledgerOf(EVERY_KIND, { exceptions: [] });
  const over = ledgerOf(EVERY_KIND, { exceptions: [{ ...exception, state: 'expired' }] });
  expect(compare(none, ledgerOf()).exceptionsAdded).toHaveLength(1);
  expect(compare(ledgerOf(), none).exceptionsRemoved).toHaveLength(1);
  expect(compare(ledgerOf(), over).exceptionsExpired).toHaveLength(1);
});

test('an exception that was made longer, given away, or covers more is told', () => {
  const [exception] = ledgerOf().exceptions;
  const changed = (more: Partial<typeof exception>) =>
    inWords(compare(ledgerOf(), ledgerOf(EVERY_KIND, { exceptions: [{ ...exception, ...more }] })), 'text');
  expect(changed({ expires: '2036-06-30' })).toContain('until was 2027-06-30, is 2036-06-30');
  expect(changed({ owner: 'nobody' })).toContain('is nobody');
  expect(changed({ findings: 9 })).toContain('findings was 1, is 9');
});

test('more that is found where there is an exception already, or a finding, is told', () => {
  const accepted = (...problems: string[]) =>
    ledgerOf([
      result('S3.1', 'Open', {
        verdict: 'exception',
        findings: problems.map((problem) => ({ problem, found: 'it', expected: 'not' })),
        exception: { state: 'active', reason: 'office', owner: 'team', ticket: 'OPS-1', expires: '2027-06-30' },
      }),
    ]);
  const { more, worse } = compare(accepted('the office comes in'), accepted('the office comes in', 'everybody comes in'));
  expect(more.map(({ found }) => found)).toEqual([['everybody comes in (found it)']]);
  expect(worse).toEqual([]);
  expect(inWords(compare(accepted('a'), accepted('a', 'b')), 'text')).toContain('exception as before, and also b (found it)');
});

test('a resource that no rule knows, a verdict that is no longer given, and other templates are told', () => {
  const population = (count: number) => ({ population: [{ type: 'Foo::Bar', count, rules: 0 }] });
  expect(inWords(compare(ledgerOf([], population(1)), ledgerOf([], population(2))), 'text')).toContain(
    'Foo::Bar: 1 before, 2 now',
  );
  const both = [result('S3.1', 'A'), result('S3.2', 'A')];
  expect(compare(ledgerOf(both), ledgerOf(both.slice(1))).other.map(({ after: is }) => is)).toEqual([undefined]);
  const [template] = before.templates;
  const other = ledgerOf(before.evaluations, { templates: [{ ...template, sha256: 'b'.repeat(64) }] });
  expect(inWords(compare(before, other), 'text')).toBe('No result changed. 1 template is not the same.\n');
});

test('what is declared is told', () => {
  const said = (more: object) => inWords(compare(before, ledgerOf(before.evaluations, more)), 'text');
  const activity = { name: 'scan', reason: 'r', owner: 'o', covers: ['address 192.0.2.0/24'], at: 'Shop', template: 't' };
  expect(said({ usualActivity: [{ ...activity, expires: '2027-01-01', state: 'active' }] })).toContain(
    'usual activity, new: scan',
  );
  expect(said({ declarations: [{ kind: 'backup', at: 'Shop', template: 't', says: { rpo: 24 } }] })).toContain(
    'declaration, new: backup of Shop in t: {"rpo":24}',
  );
  expect(said({ excluded: [{ rule: 'S3.1', reason: 'no' }] })).toContain('rule left out, new: S3.1 (no)');
  const { settings } = before;
  expect(said({ settings: { ...settings, honorNagAcknowledgements: true } })).toContain('was false, is true');
});

describe('what an environment is declared to be', () => {
  const [template] = before.templates;
  const KINDS = { production: { kind: 'PRODUCTION' }, development: { kind: 'DEVELOPMENT' }, nothing: null } as const;
  const declared = (kind: keyof typeof KINDS, more: object = {}) => ({ ...template, declared: KINDS[kind], ...more });
  const ledger = (...templates: object[]) => ledgerOf(before.evaluations, { templates } as object);
  const said = (was: object[], is: object[]) => compare(ledger(...was), ledger(...is)).environments;
  const AT = 'aws://111122223333/eu-west-1';

  test('is told where it changed, and that production lost something', () => {
    expect(said([declared('production')], [declared('development')])).toEqual([
      `${AT} is now declared development; was production: less is asked of it than of production (Shop)`,
    ]);
    expect(said([declared('development')], [declared('production')])).toEqual([
      `${AT} is now declared production; was development (Shop)`,
    ]);
    expect(said([declared('nothing')], [declared('development')])).toEqual([
      `${AT} is now declared development; was not declared: less is asked of it than of production (Shop)`,
    ]);
    expect(said([declared('development')], [declared('nothing')])).toEqual([
      `${AT} is no longer declared as anything; was development (Shop)`,
    ]);
    expect(said([declared('production')], [declared('production')])).toEqual([]);
  });

  test('is told once for all of its stacks', () => {
    const stacks = (kind: keyof typeof KINDS) =>
      ['A', 'B', 'C', 'D'].map((stack) => declared(kind, { stack, path: `${stack}.template.json` }));
    expect(said(stacks('production'), stacks('development'))).toEqual([
      `${AT} is now declared development; was production: less is asked of it than of production (A, B, C and 1 more)`,
    ]);
  });

  test('is told where stacks were renamed, or one came', () => {
    const renamed = { stack: 'Other', path: 'other.template.json' };
    expect(said([declared('production')], [declared('development', renamed)])).toEqual([
      `${AT} is now declared development; was production: less is asked of it than of production`,
    ]);
    expect(said([declared('production')], [declared('production'), declared('development', renamed)])).toEqual([
      `${AT} is now declared development and production; was production: less is asked of it than of production`,
    ]);
  });

  test('is told where it serves every environment', () => {
    const serving = { declared: { kind: 'PRODUCTION', servesEveryEnvironment: true } };
    expect(said([declared('production')], [declared('production', serving)])).toEqual([
      `${AT} is now declared to serve every environment (Shop)`,
    ]);
  });

  test('is not guessed from a ledger that does not record it', () => {
    expect(said([template], [declared('development')])).toEqual([]);
  });

  test('stands open in a comment on a change, before everything but alarms', () => {
    const text = inWords(compare(ledger(declared('production')), ledger(declared('development'))), 'markdown');
    expect(text).toContain('<details open><summary>Environments (1)</summary>');
  });
});

test('what blocks is what makes the gate fail', () => {
  const { settings } = before;
  const open = [result('S3.2', 'Unknown', { verdict: 'undetermined' }), result('S3.1', 'Unknown', { verdict: 'undetermined' })];
  const strict = { settings: { ...settings, strict: true } };
  expect(compare(ledgerOf([]), ledgerOf(open, strict)).blocking).toBe(1);
  expect(compare(ledgerOf(open), ledgerOf(open, strict)).blocking).toBe(1);
  const alarmed = compare(before, ledgerOf(before.evaluations, { alarms: ['Nothing was judged'] }));
  expect([alarmed.blocking, alarmed.alarms]).toEqual([1, ['Nothing was judged']]);
  expect(inWords(alarmed, 'text')).toContain('Nothing was judged');
});

test('an audit that covers less is told', () => {
  const { settings } = before;
  const narrower = ledgerOf(before.evaluations, { settings: { ...settings, scope: ['security'] } });
  expect(inWords(compare(before, narrower), 'text')).toContain('categories: was security, availability, confidentiality');
});

test('names from templates become neither markup nor mentions in a comment', () => {
  const named = ledgerOf([result('S3.1', `${HOSTILE.markup} @everyone [a](b)`, { verdict: 'fail' })]);
  const text = inWords(compare(ledgerOf([]), named), 'markdown');
  expect(text).not.toMatch(/[^\\]<script|@everyone|[^\\]\[a\]/);
});

test('a comment says which ledger the change is compared with', () => {
  expect(inWords(compare(before, before), 'markdown')).toBe(
    '### SOC 2 design evidence\n\nNothing changed.\n\nCompared with the ledger of 20 November 2026, 09:30 UTC, commit c0ffee.\n',
  );
});

test('many changes are counted, not listed', () => {
  const many = ledgerOf(Array.from({ length: 100 }, (_, index) => result('S3.1', `R${index}`, { verdict: 'fail' })));
  expect(inWords(compare(ledgerOf([]), many), 'text')).toContain('and 70 more');
});
