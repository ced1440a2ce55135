import type { CriterionCategory } from '../../criteria/trust-services-criteria';
import type { ControlView, CriterionView, Evidence } from '../evidence';
import { OWNERS } from '../status';
import { wordsOf } from '../words';
import { bar, statusMark } from './bar';
import { html, type Markup } from './markup';

/** What people call the categories. */
export const CATEGORIES: Readonly<Record<CriterionCategory, string>> = {
  security: 'Security (common criteria)',
  availability: 'Availability',
  confidentiality: 'Confidentiality',
  processingIntegrity: 'Processing integrity',
  privacy: 'Privacy',
};

/** Criteria, the controls that support each, and a place for the rules of each control. */
export function criteriaSection({ criteria }: Evidence): Markup {
  return html`<section class="view" id="criteria" aria-labelledby="criteria-title">
<h2 id="criteria-title">Criteria, controls and rules</h2>
<p class="soft">The criteria are the Trust Services Criteria by number, in our own words. Open one to see the controls that support it, and a control to see the rules that test it.</p>
${[...groupBy(criteria, ({ criterion }) => criterion.category)].map(
  ([
    category,
    views,
  ]) => html`<h2>${CATEGORIES[category]}${views[0].inScope ? undefined : html` <span class="chip">not in scope</span>`}</h2>
${[...groupBy(views, ({ criterion }) => criterion.group)].map(
  ([group, members]) => html`<h3>${group}</h3>${members.map(criterionBlock)}`,
)}`,
)}
</section>`;
}

function criterionBlock({ criterion, controls, counts, status }: CriterionView): Markup {
  return html`<details class="criterion" id="${criterion.id}"><summary><span class="turn" aria-hidden="true"></span><span class="id">${criterion.id}</span>
<span>${criterion.title}</span>${bar(counts)}${statusMark(status)}</summary>
<div class="inside"><p class="soft">${criterion.templates}</p>
<p class="small"><a href="#results?criterion=${criterion.id}">${wordsOf(counts)}</a></p>
${controls.map((control) => controlBlock(control))}</div></details>`;
}

function controlBlock({ id, control, counts, status }: ControlView): Markup {
  return html`<details class="control"><summary><span class="turn" aria-hidden="true"></span><span>${control.title}</span>
<span class="chip">${OWNERS[control.owner]}</span>${statusMark(status)}</summary>
<div class="inside"><p class="small soft">Control <span class="mono">${id}</span>: <a href="#results?control=${id}">${wordsOf(counts)}</a>${
    control.checklist.length === 0
      ? undefined
      : html`. Asked for by ${control.checklist.map((item) => html` <a href="checklist/${item}.html">${item}</a>`)}`
  }</p>
${control.remainder ? html`<p><b>What people still do.</b> ${control.remainder}</p>` : undefined}
<div data-rules="${id}" class="needs-js"></div></div></details>`;
}

function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
