import { COLUMN_NAMES, type Counts, totalOf } from '../counts';
import { STATUSES, type Status } from '../status';
import { wordsOf } from '../words';
import { html, type Markup } from './markup';

/** Counts as a stripe of colours, with the numbers for those who do not see it. */
export function bar(counts: Counts): Markup {
  const total = totalOf(counts);
  if (total === 0) return html`<span class="soft small">no results</span>`;
  let x = 0;
  const rects = COLUMN_NAMES.filter((column) => counts[column] > 0).map((column) => {
    // What is there at all can be seen.
    const width = Math.max(1.5, (counts[column] / total) * 100);
    const rect = html`<rect class="${column}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="6"/>`;
    x += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 ${Math.max(100, x).toFixed(2)} 6" preserveAspectRatio="none" role="img" aria-label="${wordsOf(counts)}">${rects}</svg>`;
}

export function statusMark(status: Status): Markup {
  return html`<span class="verdict ${status}">${STATUSES[status]}</span>`;
}
