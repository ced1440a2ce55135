import { asset } from '../assets';
import type { Evidence } from '../evidence';
import { systemName } from '../system-name';
import { spokenTime } from '../text';
import { aboutSection } from './about-section';
import { checklistSection } from './checklist-section';
import { criteriaSection } from './criteria-section';
import { exceptionsSection } from './exceptions-section';
import { foreign, html, Markup } from './markup';
import { overview } from './overview';
import { pageOf } from './page-frame';
import { embeddedJson, reportData } from './report-data';
import { resultsSection } from './results-section';
import { systemSection } from './system-section';

const VIEWS = ['overview', 'criteria', 'results', 'exceptions', 'checklist', 'system', 'about'] as const;

/** The report: one page with everything in it, which asks the network for nothing. */
export function reportPage(evidence: Evidence): string {
  const { synthesis } = evidence.ledger;
  const script = asset('report.client.js').toString('utf8');
  const title = systemName(evidence);
  return pageOf(
    `${title}: SOC 2 design evidence`,
    html`<a class="skip" href="#overview">Skip to the content</a>
<header class="head"><div class="wrap">
<p class="over">SOC 2 design evidence</p><h1>${foreign(title)}</h1>
<dl><div><dt>As of</dt><dd><time datetime="${synthesis.time}">${spokenTime(synthesis.time)}</time></dd></div>
<div><dt>Commit</dt><dd class="mono">${foreign(synthesis.commit?.slice(0, 12) ?? 'not known')}</dd></div>
<div><dt>Ledger</dt><dd class="mono">${synthesis.id.slice(0, 12)}</dd></div></dl>
</div></header>
<div class="bar-top"><div class="wrap"><nav class="views" aria-label="Views">${VIEWS.map(
      (id) => html`<a href="#${id}">${id[0].toUpperCase() + id.slice(1)}</a>`,
    )}</nav>
<div class="tools needs-js"><button type="button" id="print">Print</button><button type="button" id="theme">Dark</button></div></div></div>
<main class="wrap">
${overview(evidence)}${criteriaSection(evidence)}${resultsSection(evidence)}${exceptionsSection(evidence)}${checklistSection(evidence)}${systemSection(evidence)}${aboutSection(evidence)}
</main>
<footer class="wrap"><p class="quiet">Written by cdk-soc2 ${synthesis.versions['cdk-soc2']}. Supports SOC 2 criteria; gives no opinion.</p></footer>
<script type="application/json" id="data">${new Markup(embeddedJson(reportData(evidence)))}</script>
<script>${new Markup(script)}</script>`,
    script,
  );
}
