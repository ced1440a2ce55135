import { firewallTable } from '../tables/firewall-table';
import { workbookOf } from '../xlsx/workbook';
import { csvOf } from './csv';
import type { Renderer } from './renderer';

export const FIREWALL: Renderer = {
  format: 'firewall',
  what: 'the firewall rules',
  *render(evidence) {
    const table = firewallTable(evidence);
    yield { path: `${table.name}.xlsx`, content: workbookOf(evidence, 'Firewall rules', [table]) };
    yield { path: `${table.name}.csv`, content: csvOf(table) };
  },
};
