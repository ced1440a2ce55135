import { type OperatingRecord, unrecorded } from '../operating/operating-evidence';
import { byQuery } from '../operating/operating-rows';
import { counted } from '../text';
import { foreign, html, type Markup } from './markup';

/** Records that show that a control operated, with links to them; and where there is none, though it was asked for. */
export function operatingRecords(records: readonly OperatingRecord[], root: string): Markup | undefined {
  if (records.length === 0) return undefined;
  return html`<table><thead><tr><th scope="col">Operating evidence</th><th scope="col">Account and Region</th><th scope="col">Period</th><th scope="col">Rows</th></tr></thead><tbody>${records.map(
    ({ record, evidence: { collection, path } }) =>
      html`<tr><td><a href="${root}${path}/${record.path}">${foreign(record.title)}</a>${
        record.complete ? undefined : html` <span class="verdict open">incomplete</span>`
      }${record.truncated === null ? undefined : html` <span class="soft small">${foreign(record.truncated)}</span>`}</td><td>${record.account}, ${record.region ?? 'whole account'}</td><td class="nowrap">${periodOf(record.covers, collection)}</td><td class="nowrap">${counted(record.rows, 'row')}</td></tr>`,
  )}${[...byQuery(records).values()].flatMap((members) =>
    unrecorded(members).map(
      ({ account, region, problem, evidence }) =>
        html`<tr><td>${foreign(members[0].record.title)} <span class="verdict open">incomplete</span></td><td>${account}, ${region ?? 'whole account'}</td><td class="nowrap">${periodOf(members[0].record.covers, evidence.collection)}</td><td>none: ${foreign(problem)}</td></tr>`,
    ),
  )}</tbody></table>`;
}

/** What was collected, for the overview. */
export function operatingOverview(collections: readonly OperatingRecord['evidence'][]): Markup | undefined {
  if (collections.length === 0) return undefined;
  return html`<h2>Operating evidence</h2>
<p>Collected from AWS, to show that controls worked over a period. <a href="operating.html">What came of it, in numbers</a>. The folder of each control and the pages of the checklist lead to the records.</p>
<table><thead><tr><th scope="col">Account</th><th scope="col">Period</th><th scope="col">Regions</th><th scope="col">Records</th><th scope="col">Missing</th></tr></thead><tbody>${collections.map(
    ({ collection, path }) =>
      html`<tr><td><a href="${path}/collection.json">${collection.account}</a></td><td class="nowrap">${periodOf('period', collection)}</td><td>${collection.regions.join(', ')}</td><td>${counted(collection.records.length, 'record')} of ${counted(
        collection.records.reduce((sum, { rows }) => sum + rows, 0),
        'row',
      )}</td><td>${collection.missing.length === 0 ? 'nothing' : counted(collection.missing.length, 'gap')}</td></tr>`,
  )}</tbody></table>`;
}

function periodOf(covers: 'period' | 'moment', { period, finished }: OperatingRecord['evidence']['collection']): string {
  if (covers === 'moment') return `as of ${finished.slice(0, 10)}`;
  // The period ends with the last moment before its end.
  const last = new Date(Date.parse(period.to) - 1).toISOString().slice(0, 10);
  return `${period.from.slice(0, 10)} to ${last}`;
}
