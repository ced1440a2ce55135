import type { Check } from '../restore-messages';
import type { Objective, Ticket } from './ticket';

/** A ticket for people: one page that needs nothing else, and prints. Every word that comes from a resource is escaped. */
export function page(ticket: Ticket): string {
  const { id, result, message, resource, recoveryPoint, restore, validation, checks, objectives, cleanUp, startedBy, sha256 } =
    ticket;
  const passed = checks.filter((each) => each.passed).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Restore test of ${text(resource.name)}: ${text(result)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Restore test of ${text(resource.name)}</h1>
<p class="result ${result === 'PASSED' ? 'good' : 'bad'}"><strong>${text(result)}</strong> ${text(message)}</p>
${facts('What was restored', [
  ['Ticket', id],
  ['Resource', `${resource.type} ${resource.arn}`],
  ['Restored as', resource.restoredAs ?? 'nothing'],
  ['Recovery point', recoveryPoint.arn],
  ['Recovery point made', recoveryPoint.createdAt ?? 'not known'],
  ['Scan of the recovery point for malware', recoveryPoint.malwareScan ?? 'not known'],
  ['Restore started', restore.startedAt],
  ['Restore ended', `${restore.completedAt ?? 'not known'} (${restore.status})`],
  ['Message of AWS Backup', restore.message ?? 'none'],
  ['Size of the backup', restore.bytes === undefined ? 'not known' : `${restore.bytes} bytes`],
  ['Checked until', validation.endedAt],
  ['Result reported to AWS Backup', validation.reportedToAwsBackup ? 'yes' : 'no'],
  ['Clean-up', `${cleanUp.status} at ${cleanUp.at} ${cleanUp.message}`.trim()],
])}
<h2>Objectives</h2>
<table>
<thead><tr><th scope="col">Objective</th><th scope="col">Declared</th><th scope="col">Observed</th><th scope="col">Result</th></tr></thead>
<tbody>
${objectiveRow('RPO: age of the recovery point', objectives.rpo)}
${objectiveRow('RTO: from the start of the restore until all is checked', objectives.rto)}
</tbody>
</table>
<h2>Checks: ${passed} of ${checks.length} passed</h2>
<table>
<thead><tr><th scope="col">Check</th><th scope="col">Expected</th><th scope="col">Observed</th><th scope="col">Result</th><th scope="col">Asked</th><th scope="col">At (UTC)</th></tr></thead>
<tbody>
${checks.map(checkRow).join('\n')}
</tbody>
</table>
${facts('Where this comes from', [
  ['Plan', startedBy.plan],
  ['Execution', startedBy.execution],
  ['Role of the restore', restore.role ?? 'not known'],
  ['SHA-256 of the ticket', sha256],
])}
</main>
</body>
</html>
`;
}

function facts(title: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`);
  return `<h2>${text(title)}</h2>\n<table class="facts">\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>`;
}

function objectiveRow(name: string, { declaredSeconds, observedSeconds, met }: Objective): string {
  const observed = observedSeconds === undefined ? 'not known' : duration(observedSeconds);
  return `<tr><th scope="row">${text(name)}</th><td>${duration(declaredSeconds)}</td><td>${observed}</td>${verdict(met, 'met', 'missed')}</tr>`;
}

function checkRow({ name, expected, observed, passed, asked, at }: Check): string {
  const cells = [expected, observed].map((value) => `<td>${text(value)}</td>`).join('');
  return `<tr><th scope="row">${text(name)}</th>${cells}${verdict(passed, 'passed', 'failed')}<td><code>${text(asked)}</code></td><td class="at">${text(at.slice(0, 19).replace('T', ' '))}</td></tr>`;
}

function verdict(isGood: boolean, good: string, bad: string): string {
  return `<td class="${isGood ? 'good' : 'bad'}">${isGood ? good : bad}</td>`;
}

/** Seconds as people say them: `1 d 2 h`, `14 min 3 s`. */
export function duration(seconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ];
  let rest = Math.max(0, Math.round(seconds));
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
  return parts.slice(0, 2).join(' ') || '0 s';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8885; overflow-wrap: break-word; }
td { overflow-wrap: anywhere; }
td.good, td.bad, td.at { white-space: nowrap; }
thead th { white-space: nowrap; }
.facts th { width: 16rem; font-weight: 600; }
.result { padding: .6rem .8rem; border-left: .4rem solid; }
.good { color: light-dark(#14602b, #7ee2a0); }
.bad { color: light-dark(#a11212, #ff9d9d); font-weight: 600; }
@media print { main { margin: 0; max-width: none; } tr { break-inside: avoid; } }
`;
