import { COLUMNS, type Column, columnOf } from '../counts';
import type { Result } from '../evidence';
import { counted } from '../text';
import type { PdfCell, PdfPages } from './document';

/** More results than this are not printed: they are in the workbook. */
const MOST_RESULTS = 500;

const COLUMN_COLOURS: Readonly<Record<Column, string>> = {
  error: '#b3261e',
  warning: '#8a5300',
  info: '#4a5a86',
  undetermined: '#6b4a8c',
  exception: '#7a5c00',
  inherited: '#38618c',
  pass: '#1c6b43',
};

/** Results that a person has to look at. Advice is counted only: there is much of it, and nobody has to follow it. */
export function addOpen(pages: PdfPages, title: string, all: readonly Result[]): void {
  const results = all.filter(({ evaluation, blocking }) => blocking || columnOf(evaluation) !== 'info');
  const advice = all.length - results.length;
  pages.heading(title);
  if (results.length === 0) pages.text('None.');
  else addTable(pages, results);
  if (advice > 0)
    pages.text(
      `${counted(advice, 'piece of advice', 'pieces of advice')} that was not followed: in results.csv and control-matrix.xlsx.`,
    );
}

function addTable(pages: PdfPages, results: readonly Result[]): void {
  pages.table(
    [
      { title: 'Result', width: 16 },
      { title: 'Rule', width: 15 },
      { title: 'Where', width: 28 },
      { title: 'Problem', width: 27 },
      { title: 'Expected', width: 22 },
    ],
    results
      .slice(0, MOST_RESULTS)
      .map(({ evaluation }) => [
        mark(columnOf(evaluation)),
        evaluation.rule,
        evaluation.constructPath ?? evaluation.logicalId ?? evaluation.environment,
        evaluation.findings.map(({ problem }) => problem).join('; '),
        evaluation.findings.map(({ expected }) => expected).join('; '),
      ]),
  );
  if (results.length > MOST_RESULTS)
    pages.text(`${counted(results.length - MOST_RESULTS, 'more result')} of these are in results.csv and control-matrix.xlsx.`);
}

/** The name of a result in its colour. */
export function mark(column: Column): PdfCell {
  return { text: COLUMNS[column], colour: COLUMN_COLOURS[column] };
}
