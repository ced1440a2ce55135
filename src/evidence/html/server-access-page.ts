import type { LedgerEvaluation } from '../../checks/ledger';
import { spokenSession } from '../access/access-drawing';
import type { HostFact, ServerAccess } from '../access/server-access';
import type { Evidence } from '../evidence';
import { counted, spokenTime } from '../text';
import { foreign, html, Markup } from './markup';
import { pageOf } from './page-frame';

/** How people get to production servers, in words, with what templates and rules say about each step. */
export function serverAccessPage(evidence: Evidence, access: ServerAccess, svg: string): string {
  const { synthesis } = evidence.ledger;
  return pageOf(
    'How people reach production servers',
    html`<main class="wrap"><header class="head"><p class="over"><a href="index.html">Report</a></p><h1>How people reach production servers</h1>
<dl><div><dt>As of</dt><dd>${spokenTime(synthesis.time)}</dd></div><div><dt>Checklist</dt><dd><a href="checklist/S4-12.html">S4-12</a></dd></div></dl></header>
<div class="scroll">${new Markup(svg)}</div>
<h2>Step by step</h2>${steps(access)}
<h2>Permission sets</h2>${permissionSets(access)}
<h2>Servers</h2>${servers(evidence, access)}
<h2>Databases</h2>${databases(evidence, access)}
<h2>Ports for administration</h2>${ports(evidence)}
<h2>What people owe</h2>
<p>Templates cannot show that a second factor is asked for at every sign-in: that is a setting of the directory, which AWS tells nobody. Attach a picture of it. Attach the log of one session, too.</p>
<p class="quiet">Made from the templates and ledger <span class="mono">${synthesis.id.slice(0, 16)}</span>. Written by cdk-soc2 ${synthesis.versions['cdk-soc2']}. Supports SOC 2 criteria; gives no opinion.</p></main>`,
  );
}

function steps({ sessions, emergencies }: ServerAccess): Markup {
  const logs = sessions.map(
    ({ environment, log, isEncrypted }) =>
      html`<li>${foreign(environment)}: sessions are ${isEncrypted ? 'encrypted with a key of the account, and ' : ''}logged to ${foreign(log || 'a place that only deployment knows')}.</li>`,
  );
  const emergency = emergencies.map(({ name, kind, environment, trusted, isWatched }) => {
    const who = kind === 'role' ? html`, which ${foreign(trusted.join(', ') || 'nobody named here')} may take` : undefined;
    const told = isWatched ? 'Every use is told at once.' : 'Nothing in these templates tells of its use.';
    return html`<li>The ${kind} ${foreign(name)} in ${foreign(environment)}${who}. ${told}</li>`;
  });
  return html`<ol>
<li>A person signs in to IAM Identity Center, with a second factor: a setting of the directory, see below.</li>
<li>Identity Center offers the accounts and permission sets that the groups of this person have. A session with one ends by itself.</li>
<li>With a permission set that may, the person opens a session in Session Manager. The server calls Session Manager by itself, so this needs no open port and no SSH key.</li>
<li>CloudTrail records who opened which session. ${logs.length > 0 ? html`Session Manager keeps what was typed and shown.<ul>${logs}</ul>` : html`The setting by which Session Manager keeps what was typed and shown is not in these templates.`}</li>
${emergency.length > 0 ? html`<li>In emergencies there is another way.<ul>${emergency}</ul></li>` : undefined}
</ol>`;
}

function permissionSets({ permissionSets: all }: ServerAccess): Markup {
  if (all.length === 0)
    return html`<p class="soft">Permission sets are not in these templates: whoever keeps them shows who has which.</p>`;
  return html`<table><thead><tr><th scope="col">Permission set</th><th scope="col">For whom</th><th scope="col">Opens sessions on servers</th><th scope="col">A session</th><th scope="col">Accounts</th><th scope="col">Groups</th></tr></thead><tbody>${all.map(
    ({ name, description, opensSessions, session, accounts, groups }) =>
      html`<tr><td>${foreign(name)}</td><td>${foreign(description)}</td><td>${opensSessions}</td><td>${foreign(spokenSession(session))}</td><td>${foreign(accounts.join(', ') || 'none in these templates')}</td><td>${foreign(groups.join(', '))}</td></tr>`,
  )}</tbody></table>`;
}

function servers(evidence: Evidence, { servers: all }: ServerAccess): Markup {
  if (all.length === 0)
    return html`<p class="soft">There are no instances of EC2 and no groups of them in these templates. Hosts that AWS runs, such as those of EKS, ECS or Elastic Beanstalk, are not listed here.</p>`;
  return hostTable(evidence, all, { 'Reached by Session Manager': 'ec2-ssm-managed', 'Asks for tokens (IMDSv2)': 'ec2-imdsv2' });
}

function databases(evidence: Evidence, { databases: all }: ServerAccess): Markup {
  if (all.length === 0) return html`<p class="soft">There are no databases of RDS or Aurora in these templates.</p>`;
  return hostTable(evidence, all, { 'Signs people in with IAM': 'rds-iam-auth' });
}

/** Production first, as they are sorted. */
function hostTable(evidence: Evidence, hosts: readonly HostFact[], rules: Readonly<Record<string, string>>): Markup {
  const headings = Object.keys(rules).map((heading) => html`<th scope="col">${heading}</th>`);
  return html`<table><thead><tr><th scope="col">Name</th><th scope="col">What it is</th><th scope="col">Environment</th><th scope="col">Production</th>${headings}</tr></thead><tbody>${hosts.map(
    (host) =>
      html`<tr><td>${foreign(host.name)}</td><td>${host.kind}</td><td>${foreign(host.environment)}</td><td>${host.isProduction ? 'yes' : 'no'}</td>${Object.values(
        rules,
      ).map((rule) => html`<td>${verdict(evidence, host, rule)}</td>`)}</tr>`,
  )}</tbody></table>`;
}

const WORDS: Readonly<Record<LedgerEvaluation['verdict'], string>> = {
  pass: 'yes',
  fail: 'no',
  exception: 'no, an exception is declared',
  inherited: 'as declared elsewhere',
  undetermined: 'only deployment knows',
};

const WORST_FIRST = ['fail', 'exception', 'undetermined', 'inherited', 'pass'];

/** What the ledger says; the worst of it where several resources make a host. */
function verdict({ ledger }: Evidence, { judged }: HostFact, rule: string): string {
  const found = ledger.evaluations
    .filter(
      ({ slug, template, logicalId }) =>
        slug === rule && judged.some((each) => each.template === template && each.logicalId === logicalId),
    )
    .map(({ verdict: each }) => each)
    .sort((a, b) => WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b));
  return found.length > 0 ? WORDS[found[0]] : 'not judged';
}

function ports({ ledger }: Evidence): Markup {
  const rules = ['sg-no-open-ssh', 'sg-no-open-rdp', 'nacl-no-open-ssh', 'nacl-no-open-rdp'];
  const all = ledger.evaluations.filter(({ slug }) => rules.includes(slug));
  if (all.length === 0)
    return html`<p class="soft">No rule about these ports judged anything: there are no security groups and no network ACLs in these templates, or the rules were left out.</p>`;
  const judged = rules.filter((rule) => all.some(({ slug }) => slug === rule));
  const open = all.filter(({ verdict: each }) => each !== 'pass');
  return open.length === 0
    ? html`<p>Nothing that these rules judged opens the ports of SSH or RDP to the internet: ${judged.join(', ')} (${counted(all.length, 'result')} of the ledger).</p>`
    : html`<p>These have to be looked at:</p><ul>${open.map(
        ({ constructPath, logicalId, rule, slug, verdict: each }) =>
          html`<li>${foreign(constructPath ?? logicalId ?? '')}: <a href="index.html#results?rule=${rule}">${slug}</a>, ${WORDS[each] === 'no' ? 'open' : WORDS[each]}</li>`,
      )}</ul>`;
}
