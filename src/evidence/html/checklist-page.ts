import type { ChecklistItem } from '../../criteria/checklist';
import { answerTo } from '../checklist-answer';
import type { ControlView, Evidence } from '../evidence';
import { collectorsOf } from '../operating/catalogue';
import { type OperatingRecord, recordsOf } from '../operating/operating-evidence';
import { OWNERS, STATUS_MEANINGS } from '../status';
import { spokenTime } from '../text';
import { wordsOf } from '../words';
import { bar, statusMark } from './bar';
import { html, type Markup } from './markup';
import { operatingRecords } from './operating-records';
import { pageOf } from './page-frame';

/** What a person writes down where the templates cannot answer. */
const RECORD = [
  'What was done or decided',
  'When, and for which period',
  'By whom',
  'Who approved it',
  'Where the document or the ticket is',
  'When it is due again',
];

/** The page of one item: what was asked, the answer, the evidence, and who owes the rest. */
export function checklistPage(item: ChecklistItem, evidence: Evidence, has: (file: string) => boolean): string {
  const { status, controls } = answerTo(item, evidence);
  const { synthesis } = evidence.ledger;
  const files = (item.files ?? []).filter(has);
  const remainders = [...new Set(controls.flatMap(({ control }) => control.remainder ?? []))];
  const isForPeople = item.owner !== 'library';
  return pageOf(
    `${item.id}: ${item.asked}`,
    html`<main class="wrap"><header class="head"><p class="over"><a href="../index.html#checklist">Checklist</a>, item ${item.id}</p><h1>${item.asked}</h1>
<dl><div><dt>Answered by</dt><dd>${OWNERS[item.owner]}</dd></div><div><dt>Design</dt><dd>${statusMark(status)}</dd></div><div><dt>As of</dt><dd>${spokenTime(synthesis.time)}</dd></div></dl></header>
<h2>The answer</h2><p>${STATUS_MEANINGS[status]}</p>
${controls.map((view) => controlAnswer(view))}
${files.length > 0 ? html`<h2>Evidence in this bundle</h2><ul>${files.map((file) => html`<li><a href="../${file}">${file}</a></li>`)}</ul>` : undefined}
${controls.length > 0 ? operatingAnswer(controls, evidence) : undefined}
${
  isForPeople
    ? html`<h2>What people owe</h2>${remainders.map((remainder) => html`<p>${remainder}</p>`)}
<p class="soft">Record it like this, and keep it with the bundle:</p>
<table><thead><tr><th scope="col">To record</th><th scope="col">Your record</th></tr></thead><tbody>${RECORD.map((line) => html`<tr><td>${line}</td><td></td></tr>`)}</tbody></table>`
    : html`<h2>What people owe</h2><p>${remainders.length > 0 ? remainders.join(' ') : 'Nothing beyond looking at what is open.'}</p>`
}
<p class="quiet">Ledger <span class="mono">${synthesis.id.slice(0, 16)}</span>. Written by cdk-soc2 ${synthesis.versions['cdk-soc2']}. Supports SOC 2 criteria; gives no opinion.</p></main>`,
  );
}

/** What was collected that shows it, or what would be. */
function operatingAnswer(controls: readonly ControlView[], evidence: Evidence): Markup | undefined {
  const collectors = collectorsOf(controls.map(({ id }) => id)).map(({ id }) => id);
  const found = operatingRecords(recordsFor(controls, evidence), '../');
  if (!found && collectors.length === 0 && evidence.operating.length === 0) return undefined;
  const nothing = html`<p class="soft">${evidence.operating.length > 0 ? 'Nothing that was collected shows it.' : 'None is in this bundle.'}</p>`;
  const how = html`<p class="soft"><code>cdk-soc2 collect --only ${collectors.join(',')}</code> collects what shows it over a period.</p>`;
  return html`<h2>Evidence that it operated</h2>${found ?? [nothing, ...(collectors.length > 0 ? [how] : [])]}`;
}

/** Each record once, though it may show several of the controls. */
function recordsFor(controls: readonly ControlView[], { operating }: Evidence): OperatingRecord[] {
  const all = controls.flatMap(({ id }) => recordsOf(id, operating));
  return [...new Map(all.map((each) => [each.record.id, each])).values()];
}

function controlAnswer({ id, control, counts, status, rules }: ControlView): Markup {
  const judged = rules.filter(({ results }) => results.length > 0);
  return html`<h3>${control.title}</h3>
<p>${statusMark(status)} <span class="soft small">Control <a href="../index.html#results?control=${id}">${id}</a>, ${control.criteria.join(', ')}</span></p>
${
  judged.length === 0
    ? html`<p class="soft">${rules.length === 0 ? 'No rule can test it from templates.' : 'No rule of this control judged anything.'}</p>`
    : html`${bar(counts)}<table><thead><tr><th scope="col">Rule</th><th scope="col">Results</th></tr></thead><tbody>${judged.map(
        ({ rule, counts: found }) =>
          html`<tr><td><a href="../index.html#results?rule=${rule.rule}">${rule.rule}</a> ${rule.title}</td><td class="nowrap">${wordsOf(found)}</td></tr>`,
      )}</tbody></table>`
}`;
}
