import type { Runbook, Step } from '../../src/alerting/runbook';
import { generatedFrom, prose, table } from './markdown';

const SOURCE = 'the files src/alerting/runbooks-*.ts';

/** The page of a runbook, from the same data as its document. */
export function renderRunbook(runbook: Runbook): string {
  const { title, summary, signs, parameters, look, contain, collect, eradicate, recover, people } = runbook;
  return [
    generatedFrom(SOURCE),
    '',
    `# ${title}`,
    '',
    prose(summary),
    '',
    '## How it shows',
    '',
    ...bullets(signs),
    '## Start it',
    '',
    'In AWS Systems Manager, choose Automation, then the document of this page, or follow the link in the alert. Fill in:',
    '',
    ...table(
      ['Field', 'What it is'],
      [
        ['`Mode`', '`Respond` answers the finding. `Undo` takes the containing steps of an earlier run back.'],
        ...Object.entries(parameters).map(([name, { description, given }]) => [
          `\`${name}\``,
          prose(description + (given === 'quarantinePolicy' ? ' It is filled in.' : '')),
        ]),
      ],
    ),
    'Whoever is named as an approver then approves, or rejects, each change. Nobody should approve what they started alone.',
    '',
    '## 1. Look',
    '',
    'The document notes how things stand. Nothing is changed.',
    '',
    ...steps(look),
    '## 2. Contain',
    '',
    'These steps wait for approval, and each can be taken back.',
    '',
    ...table(
      ['Step', 'What it does', 'How it is taken back (`Mode`: `Undo`)'],
      contain.map((step) => [`\`${step.name}\``, prose(step.title), `\`${step.undo.name}\`: ${prose(step.undo.title)}`]),
    ),
    ...also(people.contain),
    '## 3. Collect evidence',
    '',
    ...steps(collect),
    ...also(people.collect),
    '## 4. Eradicate',
    '',
    ...(eradicate.length > 0
      ? ['These steps wait for a second approval, and cannot be taken back by the document.', '', ...steps(eradicate)]
      : []),
    ...also(people.eradicate),
    '## 5. Recover',
    '',
    ...steps(recover),
    ...also(people.recover),
    '## Afterwards',
    '',
    'Write down what happened, when it was noticed, what was done and by whom, and what is to change. The runs of the document, with each',
    'answer and each approval, stay in Systems Manager: keep their ids with the incident.',
  ]
    .join('\n')
    .concat('\n');
}

/** The list of all runbooks. */
export function renderRunbookList(runbooks: readonly Runbook[]): string {
  return [
    generatedFrom(SOURCE),
    '',
    '# Runbooks',
    '',
    'What to do about a finding. Each page says it in plain language; the construct `Runbooks` deploys the same steps as documents that',
    'AWS Systems Manager carries out. An alert links to the one that answers it.',
    '',
    ...table(
      ['Runbook', 'What happened'],
      runbooks.map(({ family, title, summary }) => [`[${title}](${family}.md)`, prose(summary)]),
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function steps(all: readonly Step[]): string[] {
  return table(
    ['Step', 'What it does', 'Call'],
    all.map(({ name, title, service, api }) => [`\`${name}\``, prose(title), `\`${service}:${api}\``]),
  );
}

function also(tasks: readonly string[]): string[] {
  return tasks.length === 0 ? [] : ['What people do:', '', ...bullets(tasks)];
}

function bullets(lines: readonly string[]): string[] {
  return [...lines.map((line) => `- ${prose(line)}`), ''];
}
