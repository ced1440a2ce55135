import { stringify } from 'yaml';
import type { TrustServicesCriterion } from '../../src/criteria/trust-services-criteria';
import type { LeftOut } from '../../src/rules/left-out';
import type { Example, Rule } from '../../src/rules/rule';
import { anchor, count, generatedFrom, prose, table } from './markdown';

/** What the page is made of. */
export interface RulesPage {
  readonly rules: readonly Rule[];
  readonly criteria: readonly TrustServicesCriterion[];
  /** Checks that are no rules, with the reason, by the name that they have in the field. */
  readonly leftOut: Readonly<Record<string, LeftOut>>;
  /** What each service is, by the name of its folder. */
  readonly services: Readonly<Record<string, string>>;
}

const INTRODUCTION = `
# Rules

Every rule of the library: what must be true, why, and how to make it so. A rule supports criteria of SOC 2; passing it is evidence for an
audit, not its outcome. How rules, controls and criteria belong together is in [CONTROLS.md](CONTROLS.md). What others check and this pack
does not is [at the end](#what-this-pack-leaves-out).

## Words on this page

| Word | Meaning |
| --- | --- |
| AWS | Amazon Web Services: rented computers, databases, networks and much more, called *services*. |
| Resource | One thing of a service: one server, one database, one network. |
| Template | A text file that says which resources there shall be and how they are set. CloudFormation, a part of AWS, creates what it says. |
| CDK | A way to write such templates in a programming language; it makes (*synthesizes*) the templates from the program. |
| Rule | A check of resources in templates. It answers pass, fail, or undetermined, where only the deployment will tell. |
| Severity | \`error\` stops the synthesis, \`warning\` is reported, \`info\` is only recorded. |
| Criterion | One of the 61 points that a SOC 2 audit looks at, for example CC6.1. |
| Control | What is in place so that criteria are met. Every rule tests one. |
| Account, Region | Resources belong to an account and stand in a Region, a group of data centres. A rule can judge these as a whole. |
`;

const SEVERITIES: Readonly<Record<Rule['severity'], string>> = {
  error: 'error (stops the synthesis)',
  warning: 'warning (is reported)',
  info: 'info (is only recorded)',
};

/** RULES.md. */
export function renderRules({ rules, criteria, leftOut, services }: RulesPage): string {
  const byService = new Map<string, Rule[]>();
  for (const rule of [...rules].sort(byId)) byService.set(serviceOf(rule), [...(byService.get(serviceOf(rule)) ?? []), rule]);

  return [
    generatedFrom('the files in src/rules'),
    ...INTRODUCTION.split('\n'),
    '## Rules by service',
    '',
    `${count(rules.length, 'rule')} for ${count(byService.size, 'service')}.`,
    '',
    ...table(
      ['Service', 'What it is', 'Rules'],
      [...byService].map(([service, own]) => [
        `[${service}](#${anchor(service)})`,
        services[service.toLowerCase()] ?? '',
        `${own.length}`,
      ]),
    ),
    '## Rules by criterion',
    '',
    'Criteria that no rule tests are not listed here; [CONTROLS.md](CONTROLS.md) lists them all.',
    '',
    ...table(
      ['Criterion', 'What it asks for', 'Rules'],
      criteria.flatMap(({ id, title }) => {
        const supporting = [...rules].sort(byId).filter((rule) => rule.criteria.includes(id));
        return supporting.length === 0 ? [] : [[`[${id}](CONTROLS.md#${anchor(id)})`, title, supporting.map(link).join(', ')]];
      }),
    ),
    ...[...byService].flatMap(([service, own]) => [
      `## ${service}`,
      '',
      ...table(
        ['Id', 'Rule', 'What must be true', 'Severity'],
        own.map((rule) => [rule.id, `[${rule.slug}](#${rule.slug})`, prose(rule.title), rule.severity]),
      ),
      ...own.flatMap(section),
    ]),
    ...leftOutSection(leftOut, rules),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

/** Rules by service in the order of the alphabet, then by number. */
export function byId(one: Rule, other: Rule): number {
  const [service, number] = one.id.split('.');
  const [otherService, otherNumber] = other.id.split('.');
  if (service === otherService) return Number(number) - Number(otherNumber);
  return service.toLowerCase() < otherService.toLowerCase() ? -1 : 1;
}

function serviceOf(rule: Rule): string {
  return rule.id.split('.')[0];
}

function link(rule: Rule): string {
  return `[${rule.id}](#${rule.slug})`;
}

function section(rule: Rule): string[] {
  const { slug, aliases, id, title, criteria, control, severity, rationale, remediation, references, examples } = rule;
  return [
    `### ${slug}`,
    '',
    `**${prose(title)}**`,
    '',
    `- Id: ${id}`,
    ...(aliases ? [`- Also called: ${aliases.join(', ')}`] : []),
    `- Severity: ${SEVERITIES[severity]}`,
    `- Criteria: ${criteria.map((criterion) => `[${criterion}](CONTROLS.md#${anchor(criterion)})`).join(', ')}`,
    `- Control: [${control}](CONTROLS.md#${control})`,
    `- ${rule.scope === 'environment' ? 'Judges each account and Region as a whole, by' : 'Judges'}: ${rule.resourceTypes
      .map((type) => `\`${type}\``)
      .join(', ')}`,
    `- See also: ${prose(references.join('; '))}`,
    '',
    `Why: ${prose(rationale)}`,
    '',
    `Fix: ${prose(remediation)}`,
    '',
    ...example('Fails', examples.fail),
    ...example('Passes', examples.pass),
  ];
}

const REASONS: Readonly<Record<LeftOut['because'], string>> = {
  duplicate: 'Another rule answers it.',
  obsolete: 'The service or the setting is gone, or is always on.',
  cost: 'It costs money and protects nothing.',
  opinion: 'Good designs differ.',
  unseen: 'A template cannot show it.',
};

/** What a reader may look for in vain, by reason. */
function leftOutSection(leftOut: RulesPage['leftOut'], rules: readonly Rule[]): string[] {
  const slugs = new Set(rules.map(({ slug }) => slug));
  const linked = (text: string) =>
    prose(text).replace(/`([a-z0-9-]+)`/g, (code, name: string) => (slugs.has(name) ? `[${name}](#${name})` : code));
  const entries = Object.entries(leftOut).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '## What this pack leaves out',
    '',
    `Other collections check ${count(entries.length, 'more thing')} for SOC 2 that a template could show. None of them is worth a stop:`,
    '',
    ...Object.entries(REASONS).flatMap(([reason, meaning]) => {
      const own = entries.filter(([, { because }]) => because === reason);
      if (own.length === 0) return [];
      return [
        `### ${meaning.replace(/\.$/, '')}`,
        '',
        ...table(
          ['Check', 'Why it is no rule'],
          own.map(([name, { why }]) => [name, linked(why)]),
        ),
      ];
    }),
  ];
}

/** The first example as a template, and the names of the others. */
function example(verdict: string, examples: Readonly<Record<string, Example>>): string[] {
  const [first, ...others] = Object.entries(examples);
  if (!first) return [];
  const [name, content] = first;
  return [
    `${verdict}: ${prose(name)}`,
    '',
    '```yaml',
    yaml('Resources' in content ? content : { Resources: content }),
    '```',
    '',
    ...(others.length > 0 ? [`${verdict} as well: ${prose(others.map(([other]) => other).join('; '))}.`, ''] : []),
  ];
}

/** Quoted where CloudFormation, which reads YAML 1.1, would take a text for something else. */
function yaml(template: Example): string {
  return stringify(template, { version: '1.1', nullStr: 'null', lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
}
