import { controlPdf } from '../pdf/control-page';
import { listOf } from '../tables/result-tables';
import { workbookOf } from '../xlsx/workbook';
import type { Renderer } from './renderer';

/** A folder for each control, for tools that take office files one control at a time. */
export const CONTROLS_FOLDERS: Renderer = {
  format: 'controls',
  what: 'the folders of the controls',
  async *render(evidence) {
    const { synthesis } = evidence.ledger;
    for (const view of evidence.controls) {
      const { id, control, rules, counts, status } = view;
      const results = rules.flatMap((rule) => rule.results).sort((a, b) => a.number - b.number);
      const record = {
        control: id,
        title: control.title,
        criteria: control.criteria,
        owner: control.owner,
        remainder: control.remainder ?? null,
        checklist: control.checklist,
        status,
        counts,
        rules: rules.map(({ rule, counts: found }) => ({ rule: rule.rule, title: rule.title, counts: found })),
        results: results.map(({ number }) => number),
        ledger: synthesis.id,
        time: synthesis.time,
      };
      yield { path: `controls/${id}/record.json`, content: `${JSON.stringify(record, undefined, 2)}\n` };
      yield { path: `controls/${id}/page.pdf`, content: await controlPdf(view, evidence) };
      const table = {
        name: 'results',
        title: 'Results',
        what: `Every result of the rules that test the control ${id}.`,
        ...listOf(evidence, results),
      };
      yield { path: `controls/${id}/sheet.xlsx`, content: workbookOf(evidence, control.title, [table]) };
    }
  },
};
