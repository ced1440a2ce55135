import { COLUMN_NAMES, COLUMNS, MEANINGS } from '../counts';
import type { Evidence } from '../evidence';
import { STATUS_MEANINGS, STATUSES, type Status } from '../status';
import { counted, grouped } from '../text';
import { foreign, html, type Markup } from './markup';
import { operatingOverview } from './operating-records';

const MOST_LISTED = 12;

/** What there is to know at a glance: what stands open, the network, and what the words mean. */
export function overview(evidence: Evidence): Markup {
  const { counts, ledger, criteria } = evidence;
  const resources = ledger.population.reduce((total, { count }) => total + count, 0);
  const judging = evidence.rules.filter(({ results }) => results.length > 0).length;
  const inScope = criteria.filter((view) => view.inScope);
  const statuses = (Object.keys(STATUSES) as Status[]).map(
    (status) => [status, inScope.filter((view) => view.status === status).length] as const,
  );
  return html`<section class="view" id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">Overview</h2>
<p>${grouped(judging)} of ${counted(ledger.rules.length, 'rule')} had something to judge among ${counted(resources, 'resource')} in ${counted(ledger.templates.length, 'template')}, and left
${counted(evidence.results.length, 'result')}. Each result can be traced to a template, a rule and a criterion. What templates cannot show is said where it is missing.</p>
<ul class="cards">${COLUMN_NAMES.map(
    (column) => html`<li><a class="${counts[column] === 0 ? 'zero' : ''}" href="#results?verdict=${column}">
<b>${grouped(counts[column])}</b><span class="verdict ${column}">${COLUMNS[column]}</span></a></li>`,
  )}</ul>
${openFindings(evidence)}
${pictures(evidence)}
${operatingOverview(evidence.operating)}
<h2>Criteria in scope</h2>
<ul class="cards">${statuses.map(
    ([status, number]) => html`<li><div class="${number === 0 ? 'zero' : ''}">
<b>${number}</b><span class="verdict ${status}">${STATUSES[status]}</span></div></li>`,
  )}</ul>
<p class="small"><a href="#criteria">Read criterion by criterion</a></p>
<h2>What the words mean</h2>
<dl class="legend">${COLUMN_NAMES.map((column) => html`<div><dt class="verdict ${column}">${COLUMNS[column]}</dt><dd>${MEANINGS[column]}</dd></div>`)}
${(Object.keys(STATUSES) as Status[]).map(
  (status) => html`<div><dt class="verdict ${status}">${STATUSES[status]}</dt><dd>${STATUS_MEANINGS[status]}</dd></div>`,
)}</dl>
</section>`;
}

function openFindings({ toReview, ledger }: Evidence): Markup {
  const blocking = toReview.filter((result) => result.blocking);
  const alarms = ledger.alarms.map((alarm) => html`<div class="banner" role="note">${foreign(alarm)}</div>`);
  if (blocking.length === 0)
    return alarms.length > 0
      ? html`<h2>What blocks</h2>${alarms}`
      : html`<p><b>Nothing blocks.</b> No error is open, and no exception that was relied on has expired.</p>`;
  const titles = new Map(ledger.rules.map(({ rule, title }) => [rule, title]));
  return html`${alarms}<h2>What blocks</h2>
<table><thead><tr><th scope="col">Rule</th><th scope="col">Where</th><th scope="col">Problem</th></tr></thead><tbody>${blocking
    .slice(0, MOST_LISTED)
    .map(
      ({ number, evaluation: { rule, constructPath, logicalId, environment, findings } }) =>
        html`<tr><td><a href="#results?number=${number}">${rule}</a> ${titles.get(rule)}</td><td>${foreign(brief(constructPath ?? logicalId ?? environment))}</td><td>${foreign(brief(findings[0]?.problem ?? ''))}</td></tr>`,
    )}</tbody></table>
${blocking.length > MOST_LISTED ? html`<p class="small"><a href="#results?verdict=error">and ${counted(blocking.length - MOST_LISTED, 'more', 'more')}</a></p>` : undefined}`;
}

function brief(text: string): string {
  return text.length > 240 ? `${text.slice(0, 239)}…` : text;
}

function pictures({ input }: Evidence): Markup | undefined {
  const [first, ...others] = input.pictures;
  if (!first) return undefined;
  return html`<h2>The system as its templates describe it</h2>
<figure><div class="picture"><img src="data:image/svg+xml;base64,${Buffer.from(first.svg).toString('base64')}" alt="${first.description}"></div>
<figcaption>Drawn from the templates. Also as <a href="network-diagram.png">PNG</a>, <a href="network-diagram.svg">SVG</a> and <a href="network-diagram.drawio">draw.io</a>; every firewall rule in words is in <a href="firewall-rules.xlsx">firewall-rules.xlsx</a>.${
    others.length > 0
      ? html` By environment: ${others.map(({ file, title }) => html`<a href="${file}.svg">${foreign(title)}</a> `)}`
      : undefined
  }</figcaption></figure>`;
}
