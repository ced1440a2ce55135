import { BUNDLE_FILES } from '../bundle-files';
import type { Evidence } from '../evidence';
import { foreign, html, type Markup } from './markup';

/** How the evidence came about, what it shows and what it does not, and how to check it. */
export function aboutSection({ ledger }: Evidence): Markup {
  const { synthesis, settings } = ledger;
  return html`<section class="view" id="about" aria-labelledby="about-title">
<h2 id="about-title">How to read and check this</h2>
<p>This is <b>design evidence</b>: it shows how the infrastructure is designed, from the CloudFormation templates that were synthesized, at one moment. It supports an
examination of whether controls are suitably designed. Whether they worked over a period is shown by operating evidence, which is collected in the accounts and
stands in the folder <code>operating</code> where there is some.</p>
<p>It supports SOC 2 criteria. It is not an opinion: only an independent auditor gives one.</p>
<h3>Files</h3>
<table><thead><tr><th scope="col">File</th><th scope="col">What it is</th></tr></thead><tbody>${BUNDLE_FILES.map(
    ({ path, what, start }) =>
      html`<tr><td class="mono">${path}</td><td>${what}${start === undefined ? undefined : html`<span data-unless="${start}"> Not in this bundle.</span>`}</td></tr>`,
  )}</tbody></table>
<h3>Check that nothing was altered</h3>
<p>Run <code>npx cdk-soc2 verify DIR</code>. It compares every file with <code>manifest.json</code>, and names what was altered, added or removed. The manifest is
signed when the bundle was made with a key; then <code>manifest.dsse.json</code> holds the signature. Without the tool: <code>sha256sum</code> of a file must be the
one that the manifest states.</p>
<h3>How it was produced</h3>
<table><tbody>
<tr><th scope="row">Ledger</th><td class="mono hash">${synthesis.id}</td></tr>
<tr><th scope="row">Time</th><td>${synthesis.time}</td></tr>
<tr><th scope="row">Commit</th><td class="mono hash">${foreign(synthesis.commit ?? 'not known')}</td></tr>
<tr><th scope="row">Versions</th><td>${foreign(
    Object.entries(synthesis.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  )}</td></tr>
<tr><th scope="row">Categories</th><td>${settings.scope.join(', ')}</td></tr>
<tr><th scope="row">Undetermined values</th><td>${settings.strict ? 'count as findings' : 'are reported, and do not block'}</td></tr>
<tr><th scope="row">Rules without exceptions</th><td>${foreign(settings.unwaivable.join(', ') || 'none')}</td></tr>
<tr><th scope="row">Acknowledgements of cdk-nag</th><td>${settings.honorNagAcknowledgements ? 'count as exceptions' : 'do not count'}</td></tr>
</tbody></table>
<h3>Keys</h3>
<p><kbd>/</kbd> search, <kbd>1</kbd> to <kbd>7</kbd> the views, <kbd>Esc</kbd> clears the search.</p>
</section>`;
}
