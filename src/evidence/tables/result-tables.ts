import { COLUMNS, columnOf } from '../counts';
import type { Evidence, Result } from '../evidence';
import { type Cell, said, type Table } from './table';

export function resultsTable(evidence: Evidence): Table {
  return {
    name: 'results',
    title: 'Results',
    what: 'Every result: one row for each rule and each resource that it applies to.',
    ...listOf(evidence, evidence.results),
  };
}

export function undeterminedTable(evidence: Evidence): Table {
  return {
    name: 'undetermined',
    title: 'Undetermined',
    what: 'What only deployment knows. It is never counted as a pass.',
    ...listOf(
      evidence,
      evidence.results.filter(({ evaluation }) => evaluation.verdict === 'undetermined'),
    ),
  };
}

const COLUMN_WIDTHS = {
  Number: 9,
  Result: 14,
  Blocks: 8,
  Rule: 16,
  'What must be true': 50,
  Severity: 10,
  Criteria: 20,
  Control: 24,
  Environment: 32,
  Template: 32,
  'Logical id': 36,
  Type: 30,
  Construct: 46,
  Source: 26,
  Property: 30,
  Problem: 50,
  Found: 30,
  Expected: 40,
  Note: 40,
  'Exception or provider': 44,
};

/** Results as rows. Also for one control. */
export function listOf({ rules }: Pick<Evidence, 'rules'>, results: readonly Result[]): Pick<Table, 'columns' | 'rows'> {
  const byId = new Map(rules.map(({ rule }) => [rule.rule, rule]));
  return { columns: COLUMN_WIDTHS, rows: results.map((result) => rowOf(result, byId)) };
}

function rowOf(
  { number, evaluation, blocking }: Result,
  rules: ReadonlyMap<string, { readonly title: string; readonly control: string }>,
): Cell[] {
  const { rule, severity, criteria, environment, template, logicalId, resourceType, constructPath, source, findings, notes } =
    evaluation;
  const all = (texts: readonly (string | undefined)[]) => said(texts.filter((text) => text !== undefined).join('; '));
  return [
    number,
    COLUMNS[columnOf(evaluation)],
    blocking ? 'yes' : 'no',
    said(rule),
    said(rules.get(rule)?.title),
    severity,
    criteria.join(', '),
    said(rules.get(rule)?.control),
    said(environment),
    said(template),
    said(logicalId),
    said(resourceType),
    said(constructPath),
    said(source),
    all(findings.map(({ path }) => path)),
    all(findings.map(({ problem }) => problem)),
    all(findings.map(({ found }) => found)),
    all(findings.map(({ expected }) => expected)),
    all((notes ?? []).map(({ text }) => text)),
    said(reasonOf(evaluation)),
  ];
}

/** Why a deviation counts as accepted or provided, in one line. */
export function reasonOf({ exception, inherited }: Result['evaluation']): string {
  if (inherited) return `${inherited.owner}: ${inherited.pointer}`;
  if (!exception) return '';
  const { state, reason, owner, ticket, expires } = exception;
  return [`${state}: ${reason}`, owner && `owner ${owner}`, ticket && `ticket ${ticket}`, expires && `until ${expires}`]
    .filter(Boolean)
    .join('; ');
}
