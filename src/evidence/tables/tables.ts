import type { Evidence } from '../evidence';
import { checklistTable, controlsTable, criteriaTable, rulesTable } from './criteria-tables';
import {
  exceptionsTable,
  excludedTable,
  inheritedTable,
  populationTable,
  templatesTable,
  usualActivityTable,
} from './ledger-tables';
import { resultsTable, undeterminedTable } from './result-tables';
import type { Table } from './table';

/** Every list of the evidence, in the order of the sheets of the workbook. */
export function tablesOf(evidence: Evidence): Table[] {
  return [
    criteriaTable,
    controlsTable,
    rulesTable,
    resultsTable,
    undeterminedTable,
    exceptionsTable,
    inheritedTable,
    excludedTable,
    usualActivityTable,
    populationTable,
    templatesTable,
    checklistTable,
  ].map((make) => make(evidence));
}
