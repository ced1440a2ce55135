import { COLUMN_NAMES, COLUMNS } from '../counts';
import type { Evidence } from '../evidence';
import { grouped } from '../text';
import { html, type Markup } from './markup';

/** Every result, found by filters and search; the script of the report fills the table. */
export function resultsSection({ counts, ledger, results }: Evidence): Markup {
  const environments = [...new Set(ledger.evaluations.map(({ environment }) => environment))].sort();
  return html`<section class="view" id="results" aria-labelledby="results-title">
<h2 id="results-title">Results</h2>
<noscript><p>The list of results needs the script of this page. The same is in <a href="results.csv">results.csv</a> and in <a href="control-matrix.xlsx">control-matrix.xlsx</a>.</p></noscript>
<div class="needs-js">
<div class="filters" role="search">
<input type="search" id="search" placeholder="Search rules, resources, problems (press /)" aria-label="Search the results" autocomplete="off" spellcheck="false">
<select id="environment" aria-label="Environment"><option value="">All environments</option>${environments.map(
    (id) => html`<option value="${id}">${id}</option>`,
  )}</select>
<button type="button" id="clear" hidden>Clear filters</button>
</div>
<fieldset class="toggles" aria-label="Show only">${COLUMN_NAMES.map(
    (column) =>
      html`<button type="button" data-column="${column}" aria-pressed="false"><span class="verdict ${column}">${COLUMNS[column]}</span><span class="count">${grouped(counts[column])}</span></button>`,
  )}</fieldset>
<div class="filters"><div id="found" role="status" aria-live="polite">${grouped(results.length)} results</div><div id="crumbs" class="crumbs"></div></div>
<table id="result-table"><caption class="small">Choose a rule to see what was found and what to change.</caption>
<colgroup><col class="verdict-column"><col><col><col class="criteria-column"></colgroup>
<thead><tr><th scope="col">Result</th><th scope="col">Rule</th><th scope="col">Resource</th><th scope="col" class="criteria-cell">Criteria</th></tr></thead>
<tbody id="result-rows"></tbody></table>
<div class="pages"><button type="button" id="previous">Previous</button><span id="page"></span><button type="button" id="next">Next</button></div>
</div></section>`;
}
