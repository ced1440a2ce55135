import type { Evidence } from '../evidence';
import { counted, grouped } from '../text';
import { foreign, html, type Markup } from './markup';

/** What was judged, in full: environments, templates with their hashes, and every resource by type. */
export function systemSection({ ledger, input }: Evidence): Markup {
  const { templates, population, notes } = ledger;
  const total = population.reduce((sum, { count }) => sum + count, 0);
  const unknown = population.filter(({ type, rules }) => rules === 0 && type !== 'AWS::CDK::Metadata');
  return html`<section class="view" id="system" aria-labelledby="system-title">
<h2 id="system-title">What was judged</h2>
<h3>Environments</h3>
<table><thead><tr><th scope="col">Environment</th><th scope="col">Account</th><th scope="col">Region</th><th scope="col">Kind</th><th scope="col">Owner</th></tr></thead><tbody>${input.environments.map(
    ({ id, account, region, declared }) =>
      html`<tr><td>${foreign(id)}</td><td>${foreign(account ?? 'not known')}</td><td>${foreign(region ?? 'not known')}</td><td>${foreign(said(declared.map(({ kind }) => kind?.toLowerCase())) || 'not declared, judged as production')}</td><td>${foreign(said(declared.map(({ owner }) => owner)))}</td></tr>`,
  )}</tbody></table>
<h3>Templates</h3>
<table><thead><tr><th scope="col">Template</th><th scope="col">Stack</th><th scope="col">SHA-256</th></tr></thead><tbody>${templates.map(
    ({ path, stack, sha256 }) =>
      html`<tr><td>${foreign(path)}</td><td>${foreign(stack ?? '')}</td><td class="mono hash">${sha256}</td></tr>`,
  )}</tbody></table>
<h3>Population</h3>
<p class="soft">${counted(total, 'resource')} of ${counted(population.length, 'type')}. ${
    unknown.length === 0
      ? 'Every type is known to a rule.'
      : `No rule looks at resources of ${counted(unknown.length, 'type')}; rules may still read them as neighbours of others.`
  }</p>
<table><thead><tr><th scope="col">Type</th><th scope="col" class="number">Resources</th><th scope="col" class="number">Rules</th></tr></thead><tbody>${population.map(
    ({ type, count, rules }) =>
      html`<tr><td>${foreign(type)}</td><td class="number">${grouped(count)}</td><td class="number">${rules}</td></tr>`,
  )}</tbody></table>
${notes.length === 0 ? undefined : html`<h3>Notes</h3>${notes.map((note) => html`<p>${foreign(note)}</p>`)}`}
</section>`;
}

function said(values: readonly (string | undefined)[]): string {
  return [...new Set(values.filter((value) => value !== undefined))].join(', ');
}
