import { tablesOf } from '../tables/tables';
import { workbookOf } from '../xlsx/workbook';
import type { Renderer } from './renderer';

export const XLSX: Renderer = {
  format: 'xlsx',
  what: 'the workbook',
  *render(evidence) {
    yield { path: 'control-matrix.xlsx', content: workbookOf(evidence, 'Control matrix', tablesOf(evidence)) };
  },
};
