import type { Evidence } from '../evidence';
import { CATALOGUE } from '../operating/catalogue';
import type { EvidenceRecord } from '../operating/evidence-record';
import { type Counted, figuresOf, type Resolution } from '../operating/figures';
import type { OperatingEvidence, OperatingRecord } from '../operating/operating-evidence';
import { byQuery, rowsOf } from '../operating/operating-rows';
import { populationFile } from '../operating/population-file';
import { grouped, spokenTime } from '../text';
import { foreign, html, Markup } from './markup';
import { pageOf } from './page-frame';

/** Pictures that stand in the page; the others are in the folder of the collection. */
const MOST_PICTURES = 24;

/** How controls operated, in numbers: what was collected of each account, what came of it, and what is missing. */
export function operatingPage(evidence: Evidence): string {
  return pageOf(
    'How controls operated',
    html`<main class="wrap"><header class="head"><p class="over"><a href="index.html">Report</a></p><h1>How controls operated</h1></header>
<p>Collected from AWS. Each list can be traced: to the record that says what was asked, of whom and when, with the hash of every row. Lists are whole unless it says otherwise.</p>
${evidence.operating.map(collectionSection)}
<p class="quiet">Written by cdk-soc2 ${evidence.ledger.synthesis.versions['cdk-soc2']}. Supports SOC 2 criteria; gives no opinion.</p></main>`,
  );
}

function collectionSection(evidence: OperatingEvidence): Markup {
  const { collection, path } = evidence;
  const { account, period, regions, caller, missing, finished } = collection;
  const records = collection.records.map((record) => ({ record, evidence }));
  return html`<section><h2>Account ${account}</h2>
<dl class="legend"><div><dt>Period</dt><dd>${spokenTime(period.from)} to ${spokenTime(period.to)}</dd></div>
<div><dt>Regions</dt><dd>${regions.join(', ')}</dd></div>
<div><dt>Collected by</dt><dd>${foreign(caller ?? 'nobody: only files were read')}, until ${spokenTime(finished)}</dd></div>
<div><dt>Manifest</dt><dd><a href="${path}/collection.json">collection.json</a></dd></div></dl>
${missing.length > 0 ? missingList(missing) : html`<p>Everything that was asked for was collected.</p>`}
${CATALOGUE.map(({ id, title }) =>
  collectorSection(
    title,
    records.filter(({ record }) => record.collector === id),
  ),
)}
${pictures(records, evidence)}</section>`;
}

function collectorSection(title: string, records: readonly OperatingRecord[]): Markup {
  if (records.length === 0) return html``;
  return html`<h3>${title}</h3>
<table><thead><tr><th scope="col">What was collected</th><th scope="col">What came of it</th><th scope="col">List</th></tr></thead><tbody>${[...byQuery(records)].map(queryRow)}</tbody></table>`;
}

function missingList(missing: OperatingEvidence['collection']['missing']): Markup {
  return html`<p><span class="verdict open">incomplete</span> This could not be collected:</p><ul>${missing.map(
    ({ collector, query, region, problem }) =>
      html`<li>${collector}${query === null ? '' : `/${query}`}, ${region ?? 'whole account'}: ${foreign(problem)}</li>`,
  )}</ul>`;
}

function queryRow([query, records]: [string, OperatingRecord[]]): Markup {
  const [{ record, evidence }] = records;
  const rows = records.reduce((total, each) => total + each.record.rows, 0);
  const found = figuresOf(query, dataOf(records));
  const truncated = [...new Set(records.flatMap((each) => each.record.truncated ?? []))];
  const isWhole = records.every((each) => each.record.complete);
  return html`<tr><td>${foreign(record.title)}${isWhole ? undefined : html` <span class="verdict open">incomplete</span>`} <span class="soft small">${query}, ${record.covers === 'period' ? 'over the period' : 'at the moment of collection'}</span>${truncated.map((why) => html`<br><span class="soft small">${foreign(why)}</span>`)}</td>
<td>${found ? [...found.counted.map(figure), ...(found.resolution ? [resolution(found.resolution)] : [])] : undefined}</td>
<td class="nowrap"><a href="${populationFile(evidence, query)}">${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}</a></td></tr>`;
}

function* dataOf(records: readonly OperatingRecord[]) {
  for (const { data } of rowsOf(records)) yield data;
}

function figure({ label, number, isBad }: Counted): Markup {
  return html`<div>${isBad ? html`<span class="verdict open">${grouped(number)}</span>` : html`<b>${grouped(number)}</b>`} ${label}</div>`;
}

function resolution({ resolved, medianDays, longestDays }: Resolution): Markup {
  return html`<div><b>${grouped(resolved)}</b> resolved: half of them within ${medianDays} days, the slowest after ${longestDays}</div>`;
}

/** Pictures of metrics, in the page itself, for a page may load nothing. */
function pictures(records: readonly OperatingRecord[], evidence: OperatingEvidence): Markup | undefined {
  const files = records
    .flatMap(({ record }) => (JSON.parse(evidence.read(record.path).toString('utf8')) as EvidenceRecord).attachments)
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.png'));
  if (files.length === 0) return undefined;
  const shown = files.slice(0, MOST_PICTURES);
  const names = new Map(
    [...rowsOf(records.filter(({ record }) => record.query === 'metric-images'))].map(({ data }) => [
      String(data.file),
      String(data.name),
    ]),
  );
  return html`<h3>Metrics of alarms over the period</h3>${shown.map((path) => {
    const name = names.get(path.slice(path.lastIndexOf('/') + 1)) ?? path;
    const source = new Markup(evidence.read(path).toString('base64'));
    return html`<figure class="picture"><img alt="Metric of the alarm ${name}" src="data:image/png;base64,${source}"><figcaption>${foreign(name)}</figcaption></figure>`;
  })}${files.length > shown.length ? html`<p class="soft">The other ${grouped(files.length - shown.length)} are in the folder of the collection.</p>` : undefined}`;
}
