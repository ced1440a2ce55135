import type { Evidence } from '../evidence';
import { PdfPages } from './document';

/** Pages with the footer of the bundle. */
export function newPages({ ledger }: Pick<Evidence, 'ledger'>, title: string): PdfPages {
  const { id, time } = ledger.synthesis;
  return new PdfPages(
    title,
    new Date(time),
    `Design evidence as of ${time.slice(0, 16)} UTC · ledger ${id.slice(0, 16)} · supports SOC 2 criteria`,
  );
}
