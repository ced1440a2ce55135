import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An item that the checklists ask for. */
interface ChecklistItem {
  readonly id: string;
  readonly item: string;
  readonly owner: 'library' | 'shared' | 'organisation' | 'aws';
}

/** Every item of the checklists; `checklist.csv` quotes each cell. */
export const CHECKLIST: readonly ChecklistItem[] = rows(readFileSync(join(__dirname, 'checklist.csv'), 'utf8'));

function rows(csv: string): ChecklistItem[] {
  const [header, ...lines] = csv.trim().split('\n').map(cells);
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index]])) as unknown as ChecklistItem);
}

function cells(line: string): string[] {
  return [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell.replaceAll('""', '"'));
}
