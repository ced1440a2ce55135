import Table from 'cli-table3';
import { type AuditScope, FULL_SCOPE, outOfScope } from '../checks/audit-scope';
import type { LedgerEvaluation } from '../checks/ledger';
import type { Criterion } from '../criteria/criterion';
import { criterionById } from '../criteria/trust-services-criteria';
import { RULES } from '../rules';
import type { AuditSummary, Column, Shown, Unexpanded } from './audit-summary';
import { colours, count, printable, wrap } from './terminal';

export interface TableOptions {
  /** Whether warnings and undetermined verdicts are listed one by one. */
  readonly all: boolean;
  /** How many files in the folders were no templates. */
  readonly ignored: number;
  /** How much of the input could not be judged. */
  readonly refused: number;
  /** Which categories were asked for. */
  readonly scope: AuditScope;
  /** What the apps declared that wrote the cloud assemblies, one line each. */
  readonly declared: readonly string[];
  /** Columns of text. */
  readonly width: number;
  /** Whether text may have colours. */
  readonly isTerminal: boolean;
}

const COLUMNS = [
  'pass',
  'error',
  'warning',
  'info',
  'exception',
  'inherited',
  'undetermined',
] as const satisfies readonly Column[];

type Accepted = NonNullable<LedgerEvaluation['exception']>;

/** How many resources are named that one rule says the same of, and how many types that no rule knows. */
const MOST_NAMED = 12;
const MOST_TYPES = 3;

/** Width of the column that says how bad it is. */
const MARK = 10;

/** What an audit found, for a person to read. */
export function renderAudit(summary: AuditSummary, options: TableOptions): string {
  return new AuditTable(summary, options).render();
}

class AuditTable {
  private readonly pc: ReturnType<typeof colours>;

  constructor(
    private readonly summary: AuditSummary,
    private readonly options: TableOptions,
  ) {
    this.pc = colours(options.isTerminal);
  }

  public render(): string {
    const { byCriterion, shown, unexpanded } = this.summary;
    const open = [...unexpanded.values()].filter(({ blocking }) => blocking > 0 || this.options.all);
    const names = new Set([...shown.map(({ evaluation }) => placeOf(evaluation)), ...open.map(({ template }) => template)]);
    const sections = [...names].map((name) =>
      this.renderPlace(
        name,
        shown.filter(({ evaluation }) => placeOf(evaluation) === name),
        open.filter(({ template }) => template === name),
      ),
    );
    if (byCriterion.size > 0) sections.push(this.renderCriteria());
    sections.push(this.renderTotals());
    return `${sections.join('\n\n')}\n`;
  }

  /** What was found in a template, or in an environment: the rules that block first, each said once. */
  private renderPlace(name: string, shown: readonly Shown[], unexpanded: readonly Unexpanded[]): string {
    const { bold, red } = this.pc;
    const rules = new Map<string, Shown[]>();
    for (const blocking of [true, false]) {
      for (const each of shown) {
        if (each.blocking !== blocking) continue;
        const key = `${blocking} ${each.evaluation.rule} ${each.evaluation.verdict}`;
        rules.set(key, [...(rules.get(key) ?? []), each]);
      }
    }
    return [
      bold(printable(name, 200)),
      ...[...rules.values()].map((group) => this.renderRule(group)),
      ...unexpanded.map(({ reason, resources, verdicts, blocking }) => {
        const text = `${count(verdicts, 'verdict')} on ${count(resources.size, 'resource')}: ${printable(reason)}; audit the expanded template`;
        return this.lines(blocking > 0 ? red(pad('unknown')) : pad('unknown'), text).join('\n');
      }),
    ].join('\n');
  }

  private renderRule(shown: readonly Shown[]): string {
    const [{ evaluation, blocking }] = shown;
    // A finding that somebody else may answer for says more than the others of its rule.
    const [fix] = shown.map((each) => each.fix).sort((a, b) => b.length - a.length);
    const byText = new Map<string, string[]>();
    for (const each of shown)
      for (const text of findingsOf(each.evaluation)) byText.set(text, [...(byText.get(text) ?? []), nameOf(each.evaluation)]);
    return [
      `${this.mark(evaluation, blocking)}${this.pc.bold(`${evaluation.rule} ${evaluation.slug}`)}`,
      ...[...byText].flatMap(([text, names]) => {
        const named = names.slice(0, MOST_NAMED).join(', ');
        const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
        return this.lines(pad(''), `${named}${more}: ${text}`);
      }),
      ...this.lines(pad(''), `Fix: ${fix}`).map(this.pc.dim),
    ].join('\n');
  }

  private mark({ verdict, severity }: LedgerEvaluation, blocking: boolean): string {
    if (blocking) return this.pc.red(pad(verdict === 'undetermined' ? 'unknown' : 'error'));
    return verdict === 'fail' ? this.pc.yellow(pad(severity)) : pad(verdict === 'undetermined' ? 'unknown' : verdict);
  }

  /** Text beside the column of marks. */
  private lines(mark: string, text: string): string[] {
    return wrap(text, this.options.width - MARK, '  ').map((line, index) => `${index === 0 ? mark : pad('')}${line}`);
  }

  private renderCriteria(): string {
    const { byCriterion } = this.summary;
    const columns = COLUMNS.filter(
      (column) => isAlwaysSaid(column) || [...byCriterion.values()].some((counts) => counts[column] > 0),
    );
    const widths = columns.map((column) => column.length + 2);
    const first = Math.min(90, this.options.width - widths.reduce((sum, width) => sum + width, 0));
    const table = new Table({
      head: ['Verdicts by criterion', ...columns].map((text) => this.pc.bold(text)),
      chars: WITHOUT_LINES,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
      colWidths: [first, ...widths],
      colAligns: ['left', ...columns.map(() => 'right' as const)],
    });
    for (const criterion of [...byCriterion.keys()].sort(inOrder)) {
      const counts = byCriterion.get(criterion)!;
      table.push([
        `${criterion} ${criterionById(criterion as Criterion).title}`,
        ...columns.map((column) => this.colour(column, counts[column])),
      ]);
    }
    return table.toString().replace(/ +$/gm, '');
  }

  private colour(column: Column, number: number): string {
    if (number === 0) return this.pc.dim('0');
    const colours: Partial<Record<Column, (text: string) => string>> = {
      pass: this.pc.green,
      error: this.pc.red,
      warning: this.pc.yellow,
    };
    return (colours[column] ?? String)(String(number));
  }

  private renderTotals(): string {
    const { verdicts, blocking, templates, resources, unlisted } = this.summary;
    const { all, ignored, scope, declared, width } = this.options;
    const { red, dim } = this.pc;
    const verdictsSaid = COLUMNS.filter((column) => isAlwaysSaid(column) || verdicts[column] > 0)
      .map((column) => `${verdicts[column]} ${column}`)
      .join(', ');
    const others = outOfScope(RULES, scope);
    const judging = count(RULES.length - others.length, 'rule');
    const said = `${count(templates, 'template')}, ${count(resources, 'resource')}, ${judging}: ${verdictsSaid}.`;
    const names = all ? `: ${others.map(({ id, slug }) => `${id} ${slug}`).join(', ')}` : '; --all lists them';
    const remarks = [
      ...(others.length > 0
        ? [`Audited: ${scope.join(', ')}. ${count(others.length, 'rule')} about other categories judged nothing${names}.`]
        : []),
      ...(!all && unlisted.warnings + unlisted.undetermined > 0
        ? [
            `${count(unlisted.warnings, 'warning')} and ${count(unlisted.undetermined, 'undetermined verdict')} are not listed; --all lists them.`,
          ]
        : []),
      ...this.summary.unjudged.map((line) => printable(line)),
      ...this.describeOpen(),
      ...declared.map((line) => `Declared: ${line}`),
      ...this.describeUnknownTypes(),
      ...(ignored > 0 ? [`${count(ignored, 'file')} in the folders ${ignored === 1 ? 'is' : 'are'} no template.`] : []),
    ];
    return [
      ...wrap(said, width),
      ...remarks.flatMap((text) => wrap(text, width, '  ').map((line) => dim(line))),
      blocking === 0 ? this.describeNothing() : red(`${count(blocking, 'finding')} that ${blocking === 1 ? 'blocks' : 'block'}.`),
    ].join('\n');
  }

  /** What one cause leaves open for many rules or resources. */
  private describeOpen(): string[] {
    const { needEnvironment, withoutEnvironment, unexpanded } = this.summary;
    const groups = [...unexpanded.values()];
    const waiting = groups.reduce((sum, { resources }) => sum + resources.size, 0);
    const reasons = [...new Set(groups.map(({ reason }) => printable(reason)))];
    return [
      ...(needEnvironment.size > 0
        ? [
            `${count(needEnvironment.size, 'rule')} about environments cannot be judged from single templates; ` +
              `--as-one takes the templates for all that there is in one environment${withoutEnvironment.blocking > 0 ? `. With --strict, that is ${count(withoutEnvironment.blocking, 'finding')}` : ''}.`,
          ]
        : []),
      ...(waiting > 0
        ? [
            `${count(waiting, 'resource')} cannot be judged before deployment: ${listed(reasons)}. Audit the expanded template, ` +
              'as `aws cloudformation get-template --template-stage Processed` gives it.',
          ]
        : []),
    ];
  }

  /** Nothing blocks; that says little where not everything was judged. */
  private describeNothing(): string {
    const { refused } = this.options;
    if (refused === 0) return this.pc.green('Nothing blocks.');
    return this.pc.red(
      `${count(refused, 'input')} could not be judged${this.summary.templates === 0 ? '' : '; nothing blocks in the others'}.`,
    );
  }

  private describeUnknownTypes(): string[] {
    const types = [...this.summary.unknownTypes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    if (types.length === 0) return [];
    const resources = types.reduce((sum, [, number]) => sum + number, 0);
    const names = types.map(([type, number]) => `${printable(type, 80)} (${number})`);
    return [
      `No rule${this.options.scope.length < FULL_SCOPE.length ? ' in scope' : ''} knows ${count(types.length, 'type')} of ${count(resources, 'resource')}: ${this.options.all ? names.join(', ') : listed(names)}.`,
    ];
  }
}

/** Columns that are there even when they hold nothing. */
function isAlwaysSaid(column: Column): boolean {
  return column === 'pass' || column === 'error';
}

function pad(text: string): string {
  return text.padEnd(MARK);
}

/** The first names of a list, and how many more there are. */
function listed(names: readonly string[]): string {
  if (names.length <= MOST_TYPES + 1) return names.join(', ');
  return `${names.slice(0, MOST_TYPES).join(', ')} and ${names.length - MOST_TYPES} more`;
}

function placeOf({ template, environment }: LedgerEvaluation): string {
  return template ?? environment;
}

/** What a person looks for: the construct, or else the logical id and the line. */
function nameOf({ logicalId, constructPath, findings, source }: LedgerEvaluation): string {
  if (logicalId === undefined) return 'the environment';
  const line = findings.find((finding) => finding.line !== undefined)?.line;
  if (constructPath !== undefined) return printable(constructPath, 120);
  const place = source ?? (line === undefined ? undefined : `line ${line}`);
  return `${printable(logicalId, 80)}${place === undefined ? '' : ` (${printable(place, 80)})`}`;
}

function findingsOf({ findings, exception, inherited }: LedgerEvaluation): string[] {
  const told = findings.map(({ problem, found, expected }) => {
    const seen = found === 'nothing' || problem.includes(found) ? '' : `, found ${found}`;
    return printable(`${problem}${seen}, expected ${expected}`);
  });
  const set = [
    ...(exception ? [describeException(exception)] : []),
    ...(inherited ? [`inherited from ${inherited.owner}: ${inherited.pointer}`] : []),
  ].map((text) => printable(text));
  return set.length > 0 ? [`${told.join('; ')} (${set.join('; ')})`] : told;
}

function describeException({ state, owner, ticket, reason, acknowledged, at }: Accepted): string {
  if (!acknowledged) return `${state} exception of ${owner}, ${ticket}: ${reason}`;
  return `${state}${state === 'acknowledged' ? '' : ' exception,'} as ${acknowledged.join(', ')} at '${at}': ${reason}`;
}

/** Security first, then availability, confidentiality, processing integrity, privacy; numbers in their order. */
function inOrder(a: string, b: string): number {
  const rank = (criterion: string) => ['CC', 'A', 'C', 'PI', 'P'].indexOf(criterion.replace(/[\d.]+$/, ''));
  return rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true });
}

const WITHOUT_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
