import type { LedgerException, LedgerUsualActivity } from '../../checks/ledger';
import type { Evidence } from '../evidence';
import { counted } from '../text';
import { foreign, html, type Markup } from './markup';

/** What deviates and was accepted, what others provide, and what was left out. */
export function exceptionsSection({ ledger }: Evidence): Markup {
  const { exceptions, inherited, excluded, rules, usualActivity = [] } = ledger;
  const titles = new Map(rules.flatMap(({ rule, slug, title }) => [[rule, title] as const, [slug, title] as const]));
  const people = exceptions.filter(({ state }) => state !== 'built-in');
  const builtIn = exceptions.filter(({ state }) => state === 'built-in');
  return html`<section class="view" id="exceptions" aria-labelledby="exceptions-title">
<h2 id="exceptions-title">Exceptions</h2>
<p class="soft">A deviation that somebody accepted, with a reason, an owner, a ticket and an end. One that has ended no longer counts.</p>
${
  people.length === 0
    ? html`<p>Nobody accepted a deviation.</p>`
    : html`<div class="scroll"><table><thead><tr><th scope="col">Rule</th><th scope="col">State</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Ticket</th><th scope="col">Until</th><th scope="col">Where</th><th scope="col" class="number">Findings</th></tr></thead><tbody>${people.map(
        (each) => exceptionRow(each, titles.get(each.rule)),
      )}</tbody></table></div>`
}
${
  builtIn.length === 0
    ? undefined
    : html`<h2>Deviations of the CDK itself</h2>
<p class="soft">Helpers that the CDK creates for deployment, and that an app cannot change.</p>
<table><thead><tr><th scope="col">Rule</th><th scope="col">Reason</th><th scope="col" class="number">Findings</th></tr></thead><tbody>${builtIn.map(
        ({ rule, reason, findings }) =>
          html`<tr><td><a href="#results?rule=${rule}">${rule}</a> ${titles.get(rule)}</td><td>${foreign(reason)}</td><td class="number">${findings}</td></tr>`,
      )}</tbody></table>`
}
<h2>Provided elsewhere</h2>
${
  inherited.length === 0
    ? html`<p>Nothing is declared as provided by another app or team.</p>`
    : html`<p class="soft">Controls that another app or team provides: ask the owner for the evidence.</p>
<table><thead><tr><th scope="col">Rule</th><th scope="col">Owner</th><th scope="col">Where the evidence is</th></tr></thead><tbody>${inherited.map(
        ({ rule, owner, pointer }) =>
          html`<tr><td>${foreign(rule)} ${titles.get(rule)}</td><td>${foreign(owner)}</td><td>${foreign(pointer)}</td></tr>`,
      )}</tbody></table>`
}
${
  excluded.length === 0
    ? undefined
    : html`<h2>Rules that were left out</h2><p class="soft">${counted(excluded.length, 'rule')} judged nothing, because the app says so.</p>
<table><thead><tr><th scope="col">Rule</th><th scope="col">Reason</th></tr></thead><tbody>${excluded.map(
        ({ rule, reason }) => html`<tr><td>${foreign(rule)}</td><td>${foreign(reason)}</td></tr>`,
      )}</tbody></table>`
}
${usualActivity.length === 0 ? undefined : usualActivitySection(usualActivity)}
</section>`;
}

function usualActivitySection(declared: readonly LedgerUsualActivity[]): Markup {
  return html`<h2>Usual activity</h2>
<p class="soft">What nobody is told of, because it is declared as usual, and vulnerabilities that were accepted. One that has ended alerts again.</p>
<div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">What it covers</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Until</th><th scope="col">Where</th></tr></thead><tbody>${declared.map(
    ({ name, state, covers, reason, owner, expires, at }) =>
      html`<tr><td>${foreign(name)}</td><td><span class="verdict ${state === 'active' ? 'exception' : 'info'}">${state}</span></td><td>${foreign(covers.join(', '))}</td><td>${foreign(reason)}</td><td>${foreign(owner)}</td><td class="nowrap">${expires}</td><td>${foreign(at)}</td></tr>`,
  )}</tbody></table></div>`;
}

function exceptionRow({ rule, state, reason, owner, ticket, expires, at, findings }: LedgerException, title = ''): Markup {
  const column = state === 'active' || state === 'acknowledged' ? 'exception' : state === 'unused' ? 'info' : 'error';
  return html`<tr><td><a href="#results?rule=${rule}">${rule}</a> ${title}</td><td><span class="verdict ${column}">${state}</span></td><td>${foreign(reason)}</td>
<td>${foreign(owner)}</td><td>${foreign(ticket)}</td><td class="nowrap">${expires}</td><td>${foreign(at)}</td><td class="number">${findings}</td></tr>`;
}
