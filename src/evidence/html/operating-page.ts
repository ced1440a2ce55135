import type { Evidence } from '../evidence';
import { type AccountEvidence, byAccount, timeWithout } from '../operating/account-evidence';
import { CATALOGUE } from '../operating/catalogue';
import type { Missing } from '../operating/collection-manifest';
import type { Period } from '../operating/collector';
import type { EvidenceRecord } from '../operating/evidence-record';
import { type Counted, figuresOf, type Resolution } from '../operating/figures';
import { type OperatingRecord, unrecorded } from '../operating/operating-evidence';
import { byQuery, rowsOf } from '../operating/operating-rows';
import { populationFile } from '../operating/population-file';
import { regionsWithout } from '../operating/regions-without';
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
${byAccount(evidence.operating).map(accountSection)}
<p class="quiet">Written by cdk-soc2 ${evidence.ledger.synthesis.versions['cdk-soc2']}. Supports SOC 2 criteria; gives no opinion.</p></main>`,
  );
}

function accountSection(evidence: AccountEvidence): Markup {
  const { account, collections, records, period, gaps } = evidence;
  const facts = collections.map(({ collection }) => collection);
  const callers = [...new Set(facts.map(({ caller }) => caller ?? 'nobody: only files were read'))];
  const missing = facts.flatMap((collection) => collection.missing);
  return html`<section><h2>Account ${account}</h2>
<dl class="legend"><div><dt>Period</dt><dd>${between(period)}</dd></div>
<div><dt>Regions</dt><dd>${[...new Set(facts.flatMap(({ regions }) => regions))].join(', ')}</dd></div>
<div><dt>Collected by</dt><dd>${foreign(callers.join(', '))}</dd></div>
<div><dt>Manifests</dt><dd>${collections.map(({ collection, path }) => html`<a href="${path}/collection.json">${collection.period.from.slice(0, 10)}</a> `)}</dd></div></dl>
${gaps.length > 0 ? html`<p><span class="verdict open">incomplete</span> Nothing was collected about this time:</p><ul>${gaps.map((gap) => html`<li>${between(gap)}</li>`)}</ul>` : undefined}
${missing.length > 0 ? missingList(missing) : html`<p>Everything that was asked for was collected.</p>`}
${CATALOGUE.map(({ id, title }) =>
  collectorSection(
    title,
    records.filter(({ record }) => record.collector === id),
    evidence,
  ),
)}
${pictures(records)}</section>`;
}

function between({ from, to }: Period): string {
  return `${spokenTime(from.toISOString())} to ${spokenTime(to.toISOString())}`;
}

function collectorSection(title: string, records: readonly OperatingRecord[], evidence: AccountEvidence): Markup {
  if (records.length === 0) return html``;
  return html`<h3>${title}</h3>
<table><thead><tr><th scope="col">What was collected</th><th scope="col">What came of it</th><th scope="col">List</th></tr></thead><tbody>${[...byQuery(records)].map(([query, members]) => queryRow(query, members, evidence))}</tbody></table>`;
}

function missingList(missing: readonly Missing[]): Markup {
  const lines = missing.map(
    ({ collector, query, region, problem }) =>
      `${collector}${query === null ? '' : `/${query}`}, ${region ?? 'whole account'}: ${problem}`,
  );
  return html`<p><span class="verdict open">incomplete</span> This could not be collected:</p><ul>${[...new Set(lines)].map(
    (line) => html`<li>${foreign(line)}</li>`,
  )}</ul>`;
}

function queryRow(query: string, records: readonly OperatingRecord[], evidence: AccountEvidence): Markup {
  const [{ record }] = records;
  const rows = rowCount(records);
  const found = figuresOf(query, dataOf(records));
  const lacks = [
    ...unrecorded(records, evidence.collections).map(({ region }) => `Nothing of ${region ?? 'the whole account'}`),
    ...(record.covers === 'period' ? timeWithout(evidence, records).map((time) => `Nothing of ${between(time)}`) : []),
  ];
  const isWhole = lacks.length === 0 && records.every((each) => each.record.complete);
  const without = regionsWithout(query, records);
  const notes = [...new Set([...lacks, ...records.flatMap((each) => each.record.truncated ?? [])])];
  return html`<tr><td>${foreign(record.title)}${isWhole ? undefined : html` <span class="verdict open">incomplete</span>`} <span class="soft small">${query}, ${record.covers === 'period' ? 'over the period' : 'at the moment of collection'}</span>${notes.map((why) => html`<br><span class="soft small">${foreign(why)}</span>`)}</td>
<td>${without.length > 0 ? html`<div><span class="verdict open">none</span> in ${without.join(', ')}</div>` : undefined}${found ? [...found.counted.map(figure), ...(found.resolution ? [resolution(found.resolution)] : [])] : undefined}</td>
<td class="nowrap"><a href="${populationFile(record.account, query)}">${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}</a></td></tr>`;
}

/** Of one collection, the records say it; of several, rows may come again. */
function rowCount(records: readonly OperatingRecord[]): number {
  if (new Set(records.map(({ evidence }) => evidence)).size === 1)
    return records.reduce((total, { record }) => total + record.rows, 0);
  let count = 0;
  for (const _ of rowsOf(records)) count++;
  return count;
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

/** Pictures of metrics, in the page itself, for a page may load nothing; the newest of each alarm. */
function pictures(records: readonly OperatingRecord[]): Markup | undefined {
  const images = records.filter(({ record }) => record.query === 'metric-images');
  const files = new Map<string, OperatingRecord>();
  for (const each of images)
    for (const { path } of (JSON.parse(each.evidence.read(each.record.path).toString('utf8')) as EvidenceRecord).attachments)
      files.set(path, each);
  if (files.size === 0) return undefined;
  const names = new Map([...rowsOf(images)].map(({ data }) => [String(data.file), String(data.name)]));
  const shown = [...files].slice(0, MOST_PICTURES);
  return html`<h3>Metrics of alarms over the period</h3>${shown.map(([path, { evidence }]) => {
    const name = names.get(path.slice(path.lastIndexOf('/') + 1)) ?? path;
    const source = new Markup(evidence.read(path).toString('base64'));
    return html`<figure class="picture"><img alt="Metric of the alarm ${name}" src="data:image/png;base64,${source}"><figcaption>${foreign(name)}</figcaption></figure>`;
  })}${files.size > shown.length ? html`<p class="soft">The other ${grouped(files.size - shown.length)} are in the folders of the collections.</p>` : undefined}`;
}
