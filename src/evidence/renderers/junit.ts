import { COLUMNS, columnOf } from '../counts';
import type { Evidence, Result } from '../evidence';
import { reasonOf } from '../tables/result-tables';
import { escaped, shorten } from '../text';
import type { Renderer } from './renderer';

/** Results for the test view of a CI system: what blocks is a failure, and nothing else is. */
export const JUNIT: Renderer = {
  format: 'junit',
  what: 'the test results',
  *render(evidence) {
    yield { path: 'junit.xml', content: junitOf(evidence) };
  },
};

function junitOf({ results, rules, ledger }: Evidence): string {
  const titles = new Map(rules.map(({ rule }) => [rule.rule, rule.title]));
  const suites = new Map<string, Result[]>();
  for (const result of results) {
    const { template, environment } = result.evaluation;
    const name = template ?? environment;
    const suite = suites.get(name);
    if (suite) suite.push(result);
    else suites.set(name, [result]);
  }
  const { alarms } = ledger;
  const totals = countsFor(results, alarms.length);
  const time = ledger.synthesis.time.replace(/\.\d+Z$/, '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cdk-soc2" ${totals} time="0">
${[...suites]
  .map(
    ([name, members]) =>
      `<testsuite name="${escaped(name)}" ${countsFor(members)} time="0" timestamp="${time}" hostname="synthesis">\n${members
        .map((result) => testCase(result, titles))
        .join('\n')}\n</testsuite>`,
  )
  .join('\n')}
${alarms.length === 0 ? '' : `<testsuite name="${AUDIT}" ${countsFor([], alarms.length)} time="0" timestamp="${time}" hostname="synthesis">\n${alarms.map(alarmCase).join('\n')}\n</testsuite>\n`}</testsuites>
`;
}

/** The suite of what blocks although it is no result, such as input that could not be judged. */
const AUDIT = 'The audit itself';

function alarmCase(alarm: string): string {
  return `<testcase classname="${AUDIT}" name="${escaped(shorten(alarm, 200))}" time="0"><failure type="alarm" message="${escaped(alarm)}"></failure></testcase>`;
}

function countsFor(results: readonly Result[], alarms = 0): string {
  const failures = results.filter(({ blocking }) => blocking).length + alarms;
  const skipped = results.filter(({ blocking, evaluation: { verdict } }) => !blocking && verdict !== 'pass').length;
  return `tests="${results.length + alarms}" failures="${failures}" errors="0" skipped="${skipped}"`;
}

function testCase({ evaluation, blocking }: Result, titles: ReadonlyMap<string, string>): string {
  const { rule, slug, constructPath, logicalId, environment, verdict, findings } = evaluation;
  const name = `${rule} ${titles.get(rule) ?? slug}`;
  const head = `<testcase classname="${escaped(constructPath ?? logicalId ?? environment)}" name="${escaped(name)}" time="0"`;
  if (verdict === 'pass') return `${head}/>`;
  const said = findings.map(
    ({ problem, found, expected, path }) => `${path ? `${path}: ` : ''}${problem}; found ${found}; expected ${expected}`,
  );
  const text = [...said, reasonOf(evaluation)].filter(Boolean).join('. ');
  const first = `${COLUMNS[columnOf(evaluation)]}: ${findings[0]?.problem ?? reasonOf(evaluation)}`;
  return blocking
    ? `${head}><failure type="${escaped(rule)}" message="${escaped(first)}">${escaped(text)}</failure></testcase>`
    : `${head}><skipped message="${escaped(`${first}. ${text}`)}"/></testcase>`;
}
