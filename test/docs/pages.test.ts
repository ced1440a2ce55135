import { renderControls } from '../../projenrc/docs/controls-md';
import { prose, table } from '../../projenrc/docs/markdown';
import { renderRules } from '../../projenrc/docs/rules-md';
import { CONTROL_THEMES } from '../../src/criteria/controls';
import { Criterion } from '../../src/criteria/criterion';
import { TRUST_SERVICES_CRITERIA as criteria } from '../../src/criteria/trust-services-criteria';
import type { LeftOut } from '../../src/rules/left-out';
import { defineRule, type Rule } from '../../src/rules/rule';

const shared = { Type: 'AWS::IAM::Role', Properties: { Version: '2012-10-17', Port: '22' } };

const rule = (changes: Partial<Rule> = {}): Rule =>
  defineRule({
    id: 'IAM.2',
    slug: 'iam-no-star',
    title: 'No policy allows * on everything | at all',
    criteria: [Criterion.CC6_3],
    control: 'least-privilege',
    severity: 'error',
    resourceTypes: ['AWS::IAM::Role'],
    rationale: 'A `<role>` that may do *everything* may do harm.',
    remediation: 'List the actions.',
    references: ['CIS 1.16'],
    check: () => [],
    examples: {
      pass: { 'a few actions': { One: shared, Two: shared } },
      fail: { 'every action': { Resources: { Role: shared } } },
    },
    ...changes,
  } as Rule);

const rules = [rule({ id: 'IAM.10', slug: 'iam-later' }), rule(), rule({ id: 'ACM.1', slug: 'acm-first' })];

describe('RULES.md', () => {
  const leftOut: Record<string, LeftOut> = {
    'iam-roles-named': { because: 'opinion', why: 'Names are | taste; `iam-no-star` and `iam-none` judge *roles*.' },
    'acm-in-use': { because: 'unseen', why: 'Other apps may use it.' },
    'acm-first-again': { because: 'opinion', why: 'One is enough.' },
  };
  const page = renderRules({ rules, criteria, leftOut, services: { iam: 'Decides who may do what.' } });

  test('says what it is generated from, and explains its words', () => {
    expect(page).toMatch(/^<!-- Generated from .* Do not edit\. -->\n\n# Rules\n/);
    expect(page).toContain('| Template |');
  });

  test('orders rules by service and number', () => {
    expect([...page.split('## What this pack')[0].matchAll(/^### (.*)$/gm)].map(([, slug]) => slug)).toEqual([
      'acm-first',
      'iam-no-star',
      'iam-later',
    ]);
  });

  test('lists rules by service and by criterion', () => {
    expect(page).toContain('| [IAM](#iam) | Decides who may do what. | 2 |');
    expect(page).toMatch(
      /\| \[CC6\.3\]\(CONTROLS\.md#cc63\) \| .* \| \[ACM\.1\]\(#acm-first\), \[IAM\.2\]\(#iam-no-star\), \[IAM\.10\]/,
    );
    expect(page).not.toContain('[CC6.2]');
  });

  test('shows examples as whole templates, quoted for readers of YAML 1.1, without anchors', () => {
    const example = '    Type: AWS::IAM::Role\n    Properties:\n      Version: "2012-10-17"\n      Port: "22"\n';
    expect(page).toContain(`Fails: every action\n\n\`\`\`yaml\nResources:\n  Role:\n${example}\`\`\``);
    expect(page).toContain(`Passes: a few actions\n\n\`\`\`yaml\nResources:\n  One:\n${example}  Two:\n${example}\`\`\``);
  });

  test('keeps what Markdown would take for markup', () => {
    expect(page).toContain('**No policy allows \\* on everything | at all**');
    expect(page).toContain('| No policy allows \\* on everything \\| at all |');
    expect(page).toContain('Why: A `<role>` that may do \\*everything\\* may do harm.');
  });

  test('closes with what the pack leaves out, by reason, and links to the rules that answer instead', () => {
    const [, closing] = page.split('## What this pack leaves out\n');
    expect(closing).toContain('3 more things');
    expect([...closing.matchAll(/^(?:###|\|) (.*)$/gm)].map(([, text]) => text)).toEqual([
      'Good designs differ',
      'Check | Why it is no rule |',
      '--- | --- |',
      'acm-first-again | One is enough. |',
      'iam-roles-named | Names are \\| taste; [iam-no-star](#iam-no-star) and `iam-none` judge \\*roles\\*. |',
      'A template cannot show it',
      'Check | Why it is no rule |',
      '--- | --- |',
      'acm-in-use | Other apps may use it. |',
    ]);
    expect(page).toContain('(#what-this-pack-leaves-out)');
  });

  test('ends with one line break', () => {
    expect(page).toMatch(/[^\n]\n$/);
  });
});

describe('CONTROLS.md', () => {
  const collectors = [{ id: 'iam', controls: ['least-privilege'] as const }];
  const page = renderControls({ criteria, themes: CONTROL_THEMES, rules, collectors });
  const section = (heading: string) => page.split(/^#{2,4} /m).find((text) => text.startsWith(`${heading}\n`));

  test('has a section for every criterion and every control', () => {
    for (const { id } of criteria) expect(section(id)).toBeDefined();
    for (const theme of Object.values(CONTROL_THEMES)) for (const id of Object.keys(theme)) expect(section(id)).toBeDefined();
  });

  test('says who answers for a control, what people still do, and which rules test it', () => {
    expect(section('least-privilege')).toContain('- Owner: shared\n');
    expect(section('least-privilege')).toContain('- What people still do: Decide what each role may do');
    expect(section('least-privilege')).toContain('- Rules: [ACM.1](RULES.md#acm-first), [IAM.2](RULES.md#iam-no-star)');
    expect(section('encryption-at-rest')).not.toContain('What people still do');
    expect(section('encryption-at-rest')).toContain('- Rules: none\n');
  });

  test('says what collects evidence that a control operated', () => {
    expect(section('least-privilege')).toContain('- Evidence that it operated: `iam`\n');
    expect(section('encryption-at-rest')).not.toContain('Evidence that it operated');
  });

  test('says plainly which criteria no rule tests', () => {
    expect(page).toContain('No rule tests 60 of the criteria: [CC1.1](#cc11)');
    expect(section('CC1.2')).toContain('No rule tests this criterion.');
    expect(section('CC6.3')).not.toContain('No rule tests this criterion.');
  });

  test('shows a rule under its criterion also when its control supports others', () => {
    const other = renderControls({
      criteria,
      themes: CONTROL_THEMES,
      rules: [rule({ criteria: [Criterion.P8_1] })],
      collectors: [],
    });
    expect(other).toMatch(/### P8\.1\n[^#]*\(#least-privilege\) \| shared \| \[IAM\.2\]/);
  });

  test('claims to make nobody compliant', () => {
    expect(page).not.toMatch(/complian/i);
  });

  test('has no link to a heading that is not there', () => {
    const headings = new Set([...page.matchAll(/^#+ (.*)$/gm)].map(([, text]) => text.toLowerCase().replace(/[^a-z0-9 -]/g, '')));
    const targets = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
    expect(targets.filter((target) => !headings.has(target))).toEqual([]);
  });
});

test('the pages do not depend on the order of the rules', () => {
  const reversed = [...rules].reverse();
  const page = (own: readonly Rule[]) => renderRules({ rules: own, criteria, leftOut: {}, services: {} });
  expect(page(reversed)).toBe(page(rules));
  const others = { criteria, themes: CONTROL_THEMES, collectors: [] };
  expect(renderControls({ ...others, rules: reversed })).toBe(renderControls({ ...others, rules }));
});

test('code between backticks is left alone', () => {
  expect(prose('set `a[*]` to *')).toBe('set `a[*]` to \\*');
});

test('a table without rows is none', () => {
  expect(table(['Rule'], [])).toEqual([]);
});
