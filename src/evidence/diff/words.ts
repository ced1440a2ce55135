import { COLUMNS, type Column } from '../counts';
import { counted, shorten, visible } from '../text';
import type { Change, Comparison } from './compare';

/** More lines of a kind than this are only counted. */
const MOST = 30;

/** How a comparison is written down: as plain text, or as Markdown for a comment on a change. */
export type DiffFormat = 'text' | 'markdown';

/** What changed, in words. */
export function inWords(comparison: Comparison, format: DiffFormat): string {
  const { added, removed, worse, better, other, exceptionsAdded, exceptionsRemoved, exceptionsExpired } = comparison;
  const sections: [heading: string, lines: readonly string[]][] = [
    ['Worse', worse.map(changeLine)],
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
    ['Exceptions taken back', exceptionsRemoved.map((each) => `${each.rule}: ${each.reason}`)],
    ['Settings of the audit', comparison.settings],
    ['Other verdicts that changed', other.map(changeLine)],
    ['New resources', added],
    ['Resources that are gone', removed],
    ['New rules', comparison.rulesAdded],
    ['Rules that are gone', comparison.rulesRemoved],
  ];
  const said = sections.filter(([, lines]) => lines.length > 0);
  const write = format === 'markdown' ? markdown : plain;
  const isSame = said.length === 0;
  const summary = isSame
    ? 'Nothing changed.'
    : `${counted(worse.length, 'result')} got worse, ${comparison.blocking} of them ${comparison.blocking === 1 ? 'blocks' : 'block'}; ${counted(better.length, 'result')} got better; ${counted(added.length, 'resource')} came, ${counted(removed.length, 'resource')} went.`;
  return `${format === 'markdown' ? `### SOC 2 design evidence\n\n${summary}` : summary}\n${said.map(([heading, lines]) => write(heading, lines)).join('')}`;
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
  return `\n<details${heading === 'Worse' ? ' open' : ''}><summary>${heading} (${lines.length})</summary>\n\n${list}\n</details>\n`;
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

function name(column: Column | undefined, otherwise: string): string {
  return column === undefined ? otherwise : COLUMNS[column].toLowerCase();
}
