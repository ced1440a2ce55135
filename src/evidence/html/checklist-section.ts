import { CHECKLIST_THEMES } from '../../criteria/checklist';
import { answerTo } from '../checklist-answer';
import type { Evidence } from '../evidence';
import { OWNERS } from '../status';
import { statusMark } from './bar';
import { html, type Markup } from './markup';

/** What checklists ask for, item by item, each with a page of its own. */
export function checklistSection(evidence: Evidence): Markup {
  return html`<section class="view" id="checklist" aria-labelledby="checklist-title">
<h2 id="checklist-title">Checklist</h2>
<p class="soft">What auditors and their checklists ask for. Each item has a page that says what was asked, what the design shows, and who owes the rest.<span data-unless="checklist/"> The pages are not in this bundle.</span></p>
${Object.entries(CHECKLIST_THEMES).map(
  ([theme, items]) => html`<h3>${theme}</h3>
<table><thead><tr><th scope="col">Item</th><th scope="col">Asked for</th><th scope="col">Answered by</th><th scope="col">Design</th></tr></thead><tbody>${items.map(
    (item) =>
      html`<tr><td class="nowrap"><a href="checklist/${item.id}.html">${item.id}</a></td><td>${item.asked}</td><td class="nowrap">${OWNERS[item.owner]}</td><td class="nowrap">${statusMark(answerTo(item, evidence).status)}</td></tr>`,
  )}</tbody></table>`,
)}
</section>`;
}
