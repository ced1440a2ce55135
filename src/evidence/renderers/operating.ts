import { operatingPage } from '../html/operating-page';
import { byAccount } from '../operating/account-evidence';
import { recordsOf } from '../operating/operating-evidence';
import { byQuery } from '../operating/operating-rows';
import { populationFile } from '../operating/population-file';
import { operatingTables } from '../tables/operating-tables';
import { populationTables } from '../tables/population-table';
import { workbookOf } from '../xlsx/workbook';
import { csvOf } from './csv';
import type { Renderer } from './renderer';

/** What was collected, as it is, a page of it in numbers, its rows as lists, and a workbook of it in the folder of each control that it shows. */
export const OPERATING: Renderer = {
  format: 'operating',
  what: 'the evidence that was collected',
  *render(evidence) {
    const { operating } = evidence;
    for (const { path, files, read } of operating)
      for (const file of files) yield { path: `${path}/${file}`, content: read(file) };
    if (operating.length > 0) yield { path: 'operating.html', content: operatingPage(evidence), isPage: true };
    for (const { account, records } of byAccount(operating))
      for (const [query, members] of byQuery(records)) {
        let number = 1;
        for (const table of populationTables(query, members))
          yield { path: populationFile(account, query, number++), content: csvOf(table) };
      }
    for (const { id, control } of evidence.controls) {
      const records = recordsOf(id, operating);
      if (records.length === 0) continue;
      const subtitle = 'Operating evidence that supports SOC 2 criteria';
      const workbook = workbookOf(evidence, control.title, operatingTables(records), subtitle);
      yield { path: `controls/${id}/operating.xlsx`, content: workbook };
      const listed = records.map(({ record, evidence: { path } }) => ({ ...record, path: `${path}/${record.path}` }));
      yield { path: `controls/${id}/operating.json`, content: `${JSON.stringify(listed, undefined, 2)}\n` };
    }
  },
};
