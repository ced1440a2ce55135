import { COLUMNS, type Column } from '../counts';
import { counted, shorten, spokenTime, visible } from '../text';
import type { Change, Comparison, ExceptionChange } from './compare';

/** More lines of a kind than this are only counted. */
const MOST = 30;

/** What a reviewer sees without asking for it. */
const OPEN_HEADINGS = ['Alarms', 'Environments', 'Worse'];

/** How a comparison is written down: as plain text, or as Markdown for a comment on a change. */
export type DiffFormat = 'text' | 'markdown';

/** What changed, in words. */
export function inWords(comparison: Comparison, format: DiffFormat): string {
  const { added, removed, worse, better, other, exceptionsAdded, exceptionsRemoved, exceptionsExpired } = comparison;
  const sections: [heading: string, lines: readonly string[]][] = [
    ['Alarms', comparison.alarms],
    ['Environments', comparison.environments],
    ['Worse', worse.map(changeLine)],
    ['More was found, which stands as it did', comparison.more.map(moreLine)],
    ['Better', better.map(changeLine)],
    [
      'Exceptions that ended',
      exceptionsExpired.map((each) => `${each.rule}: ended on ${each.expires}, owner ${each.owner} (${each.reason})`),
    ],
    [
      'New exceptions',
      exceptionsAdded.map(
        (each) =>
          `${each.rule}: ${each.reason}${each.owner ? `; owner ${each.owner}` : ''}${each.expires ? `, until ${each.expires}` : ''}`,
      ),
    ],
    ['Exceptions that changed', comparison.exceptionsChanged.map(exceptionLine)],
    ['Exceptions taken back', exceptionsRemoved.map((each) => `${each.rule}: ${each.reason}`)],
    ['Settings and declarations', comparison.settings],
    ['Other verdicts that changed', other.map(changeLine)],
    ['New resources', added],
    ['Resources that are gone', removed],
    ['Resources without a result', comparison.unjudged],
    ['New rules', comparison.rulesAdded],
    ['Rules that are gone', comparison.rulesRemoved],
  ];
  const said = sections.filter(([, lines]) => lines.length > 0);
  const write = format === 'markdown' ? markdown : plain;
  const summary = said.length === 0 ? sameWords(comparison) : summaryOf(comparison);
  const head = format === 'markdown' ? `### SOC 2 design evidence\n\n${summary}\n\n${baseWords(comparison)}` : summary;
  return `${head}\n${said.map(([heading, lines]) => write(heading, lines)).join('')}`;
}

function baseWords({ base: { time, commit } }: Comparison): string {
  return `Compared with the ledger of ${spokenTime(time)}${commit ? `, commit ${escapeMarkdown(clean(commit.slice(0, 12)))}` : ''}.`;
}

/** That no result changed does not say that nothing did. */
function sameWords({ templates }: Comparison): string {
  if (templates === 0) return 'Nothing changed.';
  return `No result changed. ${counted(templates, 'template')} ${templates === 1 ? 'is' : 'are'} not the same.`;
}

function summaryOf({ worse, better, added, removed, blocking, alarms }: Comparison): string {
  const blocked = blocking - alarms.length;
  const parts = [
    `${counted(worse.length, 'result')} got worse, ${blocked} of them ${blocked === 1 ? 'blocks' : 'block'}`,
    `${counted(better.length, 'result')} got better`,
    `${counted(added.length, 'resource')} came, ${counted(removed.length, 'resource')} went`,
  ];
  return `${alarms.length > 0 ? `${counted(alarms.length, 'alarm')}; ` : ''}${parts.join('; ')}.`;
}

function plain(heading: string, lines: readonly string[]): string {
  return `\n${heading} (${lines.length})\n${limited(lines)
    .map((line) => `  - ${clean(line)}\n`)
    .join('')}`;
}

function markdown(heading: string, lines: readonly string[]): string {
  const list = limited(lines)
    .map((line) => `- ${escapeMarkdown(clean(line))}\n`)
    .join('');
  return `\n<details${OPEN_HEADINGS.includes(heading) ? ' open' : ''}><summary>${heading} (${lines.length})</summary>\n\n${list}\n</details>\n`;
}

function limited(lines: readonly string[]): string[] {
  return lines.length > MOST ? [...lines.slice(0, MOST), `and ${lines.length - MOST} more`] : [...lines];
}

function clean(line: string): string {
  return shorten(visible(line), 400);
}

/** Names from templates must neither become markup nor mention anybody. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#|!~&]/g, '\\$&').replace(/@/g, '@\u200b');
}

function changeLine({ evaluation, title, before, after }: Change): string {
  const { rule, constructPath, logicalId, environment, findings } = evaluation;
  const problem = after && after !== 'pass' && findings[0] ? `: ${findings[0].problem}` : '';
  return `${rule} ${title}, ${constructPath ?? logicalId ?? environment}: ${name(before, 'not there')} before, ${name(after, 'not there any more')} now${problem}`;
}

function moreLine({ evaluation: { rule, constructPath, logicalId, environment }, title, after, found }: Change): string {
  return `${rule} ${title}, ${constructPath ?? logicalId ?? environment}: ${name(after, 'not there')} as before, and also ${found.join('; ')}`;
}

function exceptionLine({ before, after }: ExceptionChange): string {
  const facts = [
    ['until', before.expires, after.expires],
    ['owner', before.owner, after.owner],
    ['findings', String(before.findings), String(after.findings)],
  ].filter(([, was, is]) => was !== is);
  return `${after.rule} at ${after.at}, ${after.ticket} (${after.reason}): ${facts.map(([fact, was, is]) => `${fact} was ${was}, is ${is}`).join('; ')}`;
}

function name(column: Column | undefined, otherwise: string): string {
  return column === undefined ? otherwise : COLUMNS[column].toLowerCase();
}
