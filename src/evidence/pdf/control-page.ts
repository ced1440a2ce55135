import type { ControlView, Evidence } from '../evidence';
import { recordsOf } from '../operating/operating-evidence';
import { OWNERS, STATUS_MEANINGS, STATUSES } from '../status';
import { grouped } from '../text';
import { wordsOf } from '../words';
import { newPages } from './new-pages';
import { addOpen } from './open-results';

/** One control as a document, for tools that take one file for each control. */
export async function controlPdf({ id, control, rules, counts, status }: ControlView, evidence: Evidence): Promise<Buffer> {
  const pages = newPages(evidence, control.title);
  pages.title(`Control ${id}`, control.title);
  pages.facts([
    ['Criteria', control.criteria.join(', ')],
    ['Answered by', OWNERS[control.owner]],
    ['Design', `${STATUSES[status]}. ${STATUS_MEANINGS[status]}`],
    ['Results', wordsOf(counts)],
    ['Asked for by', control.checklist.join(', ') || 'no item of the checklists'],
  ]);
  if (control.remainder) {
    pages.heading('What people still do');
    pages.text(control.remainder);
  }
  const judged = rules.filter(({ results }) => results.length > 0);
  pages.heading('Rules');
  if (judged.length === 0)
    pages.text(rules.length === 0 ? 'No rule can test it from templates.' : 'No rule of this control judged anything.');
  else
    pages.table(
      [
        { title: 'Rule', width: 16 },
        { title: 'What must be true', width: 54 },
        { title: 'Results', width: 30 },
      ],
      judged.map(({ rule, counts: found }) => [rule.rule, rule.title, wordsOf(found)]),
    );
  const records = recordsOf(id, evidence.operating);
  if (records.length > 0) {
    pages.heading('Evidence that it operated');
    pages.table(
      [
        { title: 'What was collected', width: 50 },
        { title: 'Account and Region', width: 30 },
        { title: 'Rows', width: 20 },
      ],
      records.map(({ record }) => [
        `${record.title}${record.complete ? '' : ' (incomplete)'}`,
        `${record.account}, ${record.region ?? 'whole account'}`,
        grouped(record.rows),
      ]),
    );
  }
  const open = judged
    .flatMap(({ results }) => results)
    .filter(({ evaluation: { verdict } }) => verdict === 'fail' || verdict === 'undetermined');
  if (open.length > 0) addOpen(pages, 'Findings and open questions', open);
  return pages.end();
}
