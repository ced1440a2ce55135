import Table from 'cli-table3';
import pc from 'picocolors';
import type { LedgerEvaluation } from '../checks/ledger';
import type { Criterion } from '../criteria/criterion';
import { criterionById } from '../criteria/trust-services-criteria';
import { RULES } from '../rules';
import type { AuditSummary, Shown, VerdictCounts } from './audit-summary';

export interface TableOptions {
  /** Whether warnings and undetermined verdicts are listed one by one. */
  readonly all: boolean;
  /** How many files in the folders were no templates. */
  readonly ignored: number;
}

const VERDICTS = ['pass', 'fail', 'exception', 'inherited', 'undetermined'] as const;

/** What an audit found, for a person to read. */
export function renderAudit(summary: AuditSummary, options: TableOptions): string {
  const listed = summary.shown.filter(({ evaluation, blocking }) => blocking || (options.all && evaluation.severity !== 'info'));
  const blocks = [
    ...groupByTemplate(listed).map(([template, shown]) => renderTemplate(template, shown)),
    renderCriteria(summary.byCriterion),
    renderTotals(summary, options),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function groupByTemplate(shown: readonly Shown[]): [string, Shown[]][] {
  const groups = new Map<string, Shown[]>();
  for (const each of shown) {
    const name = each.evaluation.template ?? each.evaluation.environment;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups];
}

function renderTemplate(name: string, shown: readonly Shown[]): string {
  const table = new Table({ head: ['', 'rule', 'resource', 'finding'], colWidths: columns(), wordWrap: true, style: STYLE });
  for (const { evaluation, blocking } of shown) {
    table.push(
      [mark(evaluation, blocking), `${evaluation.rule}\n${evaluation.slug}`, resourceOf(evaluation), findingsOf(evaluation)].map(
        printable,
      ),
    );
  }
  return `${pc.bold(printable(name))}\n${table.toString()}`;
}

function mark({ verdict, severity }: LedgerEvaluation, blocking: boolean): string {
  if (blocking) return pc.red(verdict === 'undetermined' ? 'unknown' : 'error');
  return verdict === 'fail' ? pc.yellow(severity) : verdict === 'undetermined' ? 'unknown' : verdict;
}

function resourceOf({ logicalId, resourceType, findings, source }: LedgerEvaluation): string {
  const line = findings.find((finding) => finding.line !== undefined)?.line;
  return [logicalId ?? 'the environment', resourceType ?? '', source ?? (line === undefined ? '' : `line ${line}`)]
    .filter((each) => each !== '')
    .join('\n');
}

function findingsOf({ findings, rule, exception }: LedgerEvaluation): string {
  const told = findings.map(({ problem, found, expected }) => {
    const seen = found === 'nothing' || problem.includes(found) ? '' : `, found ${found}`;
    return `${problem}${seen}, expected ${expected}`;
  });
  if (exception) told.push(`${exception.state} exception of ${exception.owner}, ${exception.ticket}: ${exception.reason}`);
  const fix = RULES.find(({ id }) => id === rule)?.remediation;
  return [...told, ...(fix ? [pc.dim(`Fix: ${fix}`)] : [])].join('\n');
}

function renderCriteria(byCriterion: ReadonlyMap<string, VerdictCounts>): string {
  const table = new Table({
    head: ['criterion', ...VERDICTS],
    style: STYLE,
    chars: WITHOUT_LINES,
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const criterion of [...byCriterion.keys()].sort(inOrder)) {
    const counts = byCriterion.get(criterion)!;
    table.push([
      `${criterion} ${criterionById(criterion as Criterion).title}`,
      ...VERDICTS.map((verdict) => colour(verdict, counts[verdict])),
    ]);
  }
  return `${pc.bold('Verdicts by criterion')}\n${table.toString()}`;
}

function colour(verdict: (typeof VERDICTS)[number], count: number): string {
  if (count === 0) return pc.dim('0');
  return verdict === 'fail' ? pc.red(String(count)) : verdict === 'pass' ? pc.green(String(count)) : String(count);
}

function renderTotals(summary: AuditSummary, { all, ignored }: TableOptions): string {
  const { verdicts, blocking, templates, resources, unknownTypes } = summary;
  const rest = summary.shown.filter((each) => !each.blocking);
  const warnings = rest.filter(({ evaluation }) => evaluation.verdict === 'fail' && evaluation.severity === 'warning').length;
  const open = rest.filter(({ evaluation }) => evaluation.verdict === 'undetermined').length;
  const lines = [
    `${count(templates, 'template')}, ${count(resources, 'resource')}, ${count(RULES.length, 'rule')}: ${VERDICTS.map((each) => `${verdicts[each]} ${each}`).join(', ')}.`,
    blocking === 0
      ? pc.green('Nothing blocks.')
      : pc.red(`${count(blocking, 'finding')} that ${blocking === 1 ? 'blocks' : 'block'}.`),
  ];
  if (!all && warnings + open > 0)
    lines.push(`${count(warnings, 'warning')} and ${count(open, 'undetermined verdict')} are not listed; --all lists them.`);
  if (unknownTypes.size > 0)
    lines.push(
      pc.dim(`No rule knows: ${[...unknownTypes].map(([type, number]) => `${printable(type)} (${number})`).join(', ')}.`),
    );
  if (ignored > 0) lines.push(pc.dim(`${count(ignored, 'file')} in the folders ${ignored === 1 ? 'is' : 'are'} no template.`));
  return lines.join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Security first, then availability, confidentiality, processing integrity, privacy; numbers in their order. */
function inOrder(a: string, b: string): number {
  const rank = (criterion: string) => ['CC', 'A', 'C', 'PI', 'P'].indexOf(criterion.replace(/[\d.]+$/, ''));
  return rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true });
}

/** Template text must not steer the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out; colours are put in by us.
  return text.replace(/\u001b(?!\[[\d;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g, '�');
}

/** Rows of one line need no lines between them. */
const WITHOUT_LINES = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

const STYLE = { head: [], border: [], compact: false };

function columns(): number[] {
  const width = Math.max(80, Math.min(process.stdout.columns ?? 120, 160));
  const fixed = [10, 34, 36];
  return [...fixed, width - fixed.reduce((sum, each) => sum + each, 0) - fixed.length - 2];
}
