import { tablesOf } from '../tables/tables';
import { workbookOf } from '../xlsx/workbook';
import type { Renderer } from './renderer';

export const XLSX: Renderer = {
  format: 'xlsx',
  what: 'the workbook',
  async *render(evidence) {
    yield { path: 'control-matrix.xlsx', content: await workbookOf(evidence, 'Control matrix', tablesOf(evidence)) };
  },
};
