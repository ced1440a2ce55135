import type { Control, ControlOwner } from '../../src/criteria/control';
import type { TrustServicesCriterion } from '../../src/criteria/trust-services-criteria';
import type { CollectorDescription } from '../../src/evidence/operating/collector';
import type { Rule } from '../../src/rules/rule';
import { anchor, count, generatedFrom, prose, table } from './markdown';
import { byId } from './rules-md';

/** What the page is made of. */
export interface ControlsPage {
  readonly criteria: readonly TrustServicesCriterion[];
  /** Controls by theme, then by id. */
  readonly themes: Readonly<Record<string, Readonly<Record<string, Control>>>>;
  readonly rules: readonly Rule[];
  /** What collects evidence that controls operated. */
  readonly collectors: readonly Pick<CollectorDescription, 'id' | 'controls'>[];
}

const INTRODUCTION = `
# Controls

Who does what, so that the criteria of SOC 2 are met. The library supports criteria and collects evidence; whether they are met is for an auditor to
say, and much of it is the work of people. This page says which part is whose.

## Words on this page

| Word | Meaning |
| --- | --- |
| SOC 2 | A report in which an independent auditor says how a company protects what its customers entrust to it. |
| Criterion | One of the 61 points that the report is about, for example CC6.1. They are published by the AICPA, and told here in our own words. |
| Category | Criteria come in five categories. Security is part of every report; a company chooses the others. |
| Control | What is in place so that criteria are met: a setting, a check, a habit of people. |
| Rule | A check of the library that tests a control. [RULES.md](RULES.md) explains each one. |
| Evidence that it operated | The collectors that ask AWS for it; [docs/collecting-evidence.md](docs/collecting-evidence.md) explains each collector. |
| Template | A text file from which AWS creates servers, databases, networks and so on. Rules read templates. |
| Checklist item | A question that checklists for SOC 2 ask. Their ids (S0-01 and so on) are those in [checklist.csv](test/criteria/checklist.csv). |

## Who answers for a control

| Owner | Meaning |
| --- | --- |
| library | The library sets it up and tests it. What remains is to use it, and to act on what it reports. |
| shared | The library does the technical part, and people do the rest. |
| organisation | People do it. The library can at most deliver facts for it. |
| AWS | AWS does it, and shows it in its own audit report. |
`;

const CATEGORIES: Readonly<Record<TrustServicesCriterion['category'], string>> = {
  security: 'Security (common criteria)',
  availability: 'Availability',
  confidentiality: 'Confidentiality',
  processingIntegrity: 'Processing integrity',
  privacy: 'Privacy',
};

/** CONTROLS.md, the responsibility matrix. */
export function renderControls({ criteria, themes, rules: registry, collectors }: ControlsPage): string {
  const controls = new Map(Object.values(themes).flatMap((theme) => Object.entries(theme)));
  const rules = [...registry].sort(byId);
  const categories = [...new Set(criteria.map(({ category }) => category))];
  const untested = criteria.filter(({ id }) => !rules.some((rule) => rule.criteria.includes(id)));
  const items = new Set([...controls.values()].flatMap(({ checklist }) => checklist));

  return [
    generatedFrom('the files in src/criteria, src/rules and src/evidence/operating'),
    ...INTRODUCTION.split('\n'),
    '## At a glance',
    '',
    `${controls.size} controls support ${criteria.length} criteria and answer ${count(items.size, 'checklist item')}; ` +
      `${count(rules.length, 'rule')} test them.`,
    '',
    untested.length === 0
      ? 'Every criterion is tested by at least one rule.'
      : `No rule tests ${untested.length} of the criteria: ${untested.map(({ id }) => criterionLink(id)).join(', ')}. ` +
        'What is said below about templates tells why, and the controls tell what supports the criterion instead.',
    '',
    ...categories.flatMap((category) => [
      `### ${CATEGORIES[category]}`,
      '',
      ...table(
        ['Criterion', 'What it asks for', 'Who answers', 'Rules that test it'],
        criteria
          .filter((criterion) => criterion.category === category)
          .map(({ id, title }) => [
            criterionLink(id),
            title,
            owners([...controls.values()].filter((control) => control.criteria.includes(id))),
            `${rules.filter((rule) => rule.criteria.includes(id)).length || 'none'}`,
          ]),
      ),
    ]),
    '## Criteria',
    '',
    ...criteria.flatMap((criterion) => criterionSection(criterion, controls, rules)),
    '## Controls by theme',
    '',
    ...Object.entries(themes).flatMap(([theme, own]) => [
      `### ${theme}`,
      '',
      ...Object.entries(own).flatMap(([id, control]) => controlSection(id, control, rules, collectors)),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function criterionSection(
  { id, group, title, templates }: TrustServicesCriterion,
  controls: ReadonlyMap<string, Control>,
  rules: readonly Rule[],
): string[] {
  const testing = rules.filter((rule) => rule.criteria.includes(id));
  // A rule may support a criterion beside those of its control.
  const supporting = [...controls].filter(
    ([control, { criteria }]) => criteria.includes(id) || testing.some((rule) => rule.control === control),
  );
  return [
    `### ${id}`,
    '',
    `**${title}** (${group})`,
    '',
    templates,
    '',
    ...table(
      ['Control', 'Owner', 'Rules that test it'],
      supporting.map(([control, { title: what, owner }]) => [
        `[${what}](#${control})`,
        owner,
        links(testing.filter((rule) => rule.control === control)),
      ]),
    ),
    ...(testing.length === 0 ? ['No rule tests this criterion.', ''] : []),
  ];
}

function controlSection(id: string, control: Control, rules: readonly Rule[], collectors: ControlsPage['collectors']): string[] {
  const showing = collectors
    .filter(({ controls }) => controls.some((each) => each === id))
    .map((collector) => `\`${collector.id}\``);
  const testing = rules.filter((rule) => rule.control === id);
  const { title, owner, criteria, remainder, checklist } = control;
  return [
    `#### ${id}`,
    '',
    `**${prose(title)}**`,
    '',
    `- Owner: ${owner}`,
    `- Criteria: ${criteria.map(criterionLink).join(', ')}`,
    ...(remainder ? [`- What people still do: ${prose(remainder)}`] : []),
    `- Rules: ${links(testing)}`,
    ...(showing.length > 0 ? [`- Evidence that it operated: ${showing.join(', ')}`] : []),
    `- Checklist items: ${checklist.length > 0 ? `${checklist.length} (${checklist.join(', ')})` : 'none'}`,
    '',
  ];
}

/** Who answers for controls, the library first. */
function owners(controls: readonly Control[]): string {
  const order: readonly ControlOwner[] = ['library', 'shared', 'organisation', 'AWS'];
  return order.filter((owner) => controls.some((control) => control.owner === owner)).join(', ');
}

function criterionLink(id: string): string {
  return `[${id}](#${anchor(id)})`;
}

function links(rules: readonly Rule[]): string {
  return rules.map(({ id, slug }) => `[${id}](RULES.md#${slug})`).join(', ') || 'none';
}
