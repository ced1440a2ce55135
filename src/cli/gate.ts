import { version } from '../../package.json';
import { blocks } from '../checks/blocks';
import { isOver } from '../checks/declarations';
import { registerExceptions } from '../checks/exception-register';
import { type Judgement, judge } from '../checks/judge';
import { buildLedger, expectedId, type Ledger, type LedgerContent, type LedgerEvaluation, ledgerPart } from '../checks/ledger';
import { currentTime } from '../checks/provenance';
import type { Assembly } from '../model/assembly';
import { InputError } from '../model/errors';
import { isCloudAssembly, loadCloudAssembly } from '../model/load-cloud-assembly';
import { RULES } from '../rules';
import { declarationsOf, describeDeclarations } from './declared';
import { LedgerFile } from './ledger-file';
import { CLEAN, FINDINGS, type Outcome } from './outcome';
import { colours, count, printable, screenWidth, wrap } from './terminal';

/** How many problems are printed. */
const MOST_SHOWN = 20;

/**
 * The second lock: trusts neither the synthesis nor its exit code.
 *
 * It judges the templates again, compares the verdicts with the ledger, and fails on anything that is open.
 */
export function gate(folder: string): Outcome {
  if (!isCloudAssembly(folder))
    throw new InputError(`${folder}: is no cloud assembly: it has no manifest.json of one; run cdk synth first`);
  const file = LedgerFile.in(folder);
  const ledger = file.exists ? file.read() : undefined;
  const problems = ledger
    ? problemsOf(ledger, folder)
    : [`${file.path}: there is no ledger: add Soc2Checks to the app, and synthesize it`];

  const { red, green } = colours(process.stdout.isTTY === true);
  if (problems.length === 0) {
    console.log(`${green('The gate is open')}: the ledger of ${printable(folder)} is there, is true, and nothing in it blocks.`);
  } else {
    console.log(`${red('The gate is closed')}:`);
    for (const problem of problems.slice(0, MOST_SHOWN)) console.log(`- ${printable(problem)}`);
    if (problems.length > MOST_SHOWN) console.log(`- and ${problems.length - MOST_SHOWN} more`);
  }
  for (const line of ledger ? declared(ledger) : []) console.log(line);
  return problems.length === 0 ? CLEAN : FINDINGS;
}

function problemsOf(ledger: Ledger, folder: string): string[] {
  const wrote = ledger.synthesis.versions['cdk-soc2'];
  if (wrote !== version) return [`The ledger was written by cdk-soc2 ${String(wrote)}; this is ${version}: use the same version`];
  let assembly: Assembly;
  try {
    assembly = loadCloudAssembly(folder, folder);
  } catch (error) {
    if (error instanceof InputError) return [error.message];
    throw error;
  }
  const stale = compareTemplates(ledger, assembly);
  if (stale.length > 0) return stale;
  const unaltered = expectedId(ledger) === ledger.synthesis.id;
  return [
    ...(unaltered ? [] : ['The ledger was altered: its id does not match its content']),
    ...compareLedgers(ledger, judgeAsOf(ledger, assembly)),
    ...openProblems(ledger, assembly),
  ];
}

function compareTemplates(ledger: Ledger, assembly: Assembly): string[] {
  const recorded = new Map(ledger.templates.map(({ path, sha256 }) => [path, sha256]));
  const actual = new Map(assembly.templates.map(({ path, origin }) => [path, origin.sha256]));
  return [
    ...[...actual].filter(([path]) => !recorded.has(path)).map(([path]) => `${path}: is not in the ledger: it was not judged`),
    ...[...recorded]
      .filter(([path]) => !actual.has(path))
      .map(([path]) => `${path}: is in the ledger but not in the cloud assembly: the ledger is stale`),
    ...[...actual]
      .filter(([path, sha256]) => recorded.has(path) && recorded.get(path) !== sha256)
      .map(([path]) => `${path}: was changed after it was judged: the ledger is stale`),
  ];
}

function judgeNow(ledger: Ledger, assembly: Assembly, now: Date): Judgement[] {
  return judge(assembly, { rules: RULES, now, ...declarationsOf(ledger) });
}

/** The ledger that the templates and what the app declared give, as of the time of synthesis. */
function judgeAsOf(ledger: Ledger, assembly: Assembly): LedgerContent {
  const time = new Date(ledger.synthesis.time);
  const judgements = judgeNow(ledger, assembly, time);
  const { settings, inherited, excluded, alarms, notes, synthesis } = ledger;
  return buildLedger({
    parts: [ledgerPart(assembly, judgements)],
    rules: RULES,
    exceptions: registerExceptions([assembly], judgements, RULES, time),
    time,
    versions: synthesis.versions,
    ...{ settings, inherited, excluded, alarms, notes },
  });
}

/** What the ledger says otherwise than judging again. Rules of the app's own are not known here. */
function compareLedgers(ledger: Ledger, again: LedgerContent): string[] {
  const own = new Set(RULES.map(({ id }) => id));
  const listed = new Set(ledger.rules.map(({ rule }) => rule));
  const unlisted = new Set(ledger.evaluations.map(({ rule }) => rule).filter((rule) => !listed.has(rule) && !own.has(rule)));
  const isKnown = ({ rule }: { readonly rule: string }) => own.has(rule);
  const isApplied = ({ findings }: { readonly findings: number }) => findings > 0;
  return [
    ...differences('this verdict', again.evaluations, ledger.evaluations.filter(isKnown), keyOf, substance),
    ...[...unlisted].map((rule) => `${rule}: the ledger has verdicts of this rule, and does not list it`),
    ...differences('this rule', again.rules, ledger.rules.filter(isKnown), ({ rule }) => rule),
    ...differences('this template', again.templates, ledger.templates, ({ path }) => path),
    ...differences(
      'these resources',
      again.population,
      ledger.population,
      ({ type }) => type,
      ({ type, count }) => ({ type, count }),
    ),
    ...differences(
      'this exception',
      again.exceptions.filter(isKnown).filter(isApplied),
      ledger.exceptions.filter(isKnown).filter(isApplied),
      ({ rule, at, reason, ticket, owner }) => `${rule} at '${at}' (${owner}, ${ticket}: ${reason})`,
    ),
  ];
}

/** Where records differ from those that judging again gives, in words. */
function differences<T extends object>(
  what: string,
  expected: readonly T[],
  recorded: readonly T[],
  key: (record: T) => string,
  facts: (record: T) => object = (record) => record,
): string[] {
  const byKey = new Map(recorded.map((record) => [key(record), record]));
  const keys = new Set(expected.map(key));
  const problems = expected.flatMap((record) => {
    const found = byKey.get(key(record));
    if (!found) return [`${key(record)}: the ledger lacks ${what}`];
    const [is, should] = [facts(found), facts(record)].map((each) => JSON.parse(JSON.stringify(each)) as Record<string, unknown>);
    return [...new Set([...Object.keys(should), ...Object.keys(is)])]
      .filter((member) => JSON.stringify(is[member]) !== JSON.stringify(should[member]))
      .slice(0, 1)
      .map((member) => `${key(record)}: the ledger says ${member} ${say(is[member])}, judged again it is ${say(should[member])}`);
  });
  for (const unexpected of byKey.keys())
    if (!keys.has(unexpected)) problems.push(`${unexpected}: the ledger has ${what}, judged again it does not exist`);
  if (problems.length === 0 && recorded.length !== expected.length) problems.push(`The ledger has ${what} more than once`);
  return problems;
}

function say(value: unknown): string {
  return value === undefined ? 'nothing' : printable(typeof value === 'string' ? `'${value}'` : JSON.stringify(value), 120);
}

/** Everything but where the code of a resource stands: that is not in the templates. */
function substance({ source: _, constructPath: __, findings, ...rest }: LedgerEvaluation): object {
  return { ...rest, findings: findings.map(({ line: _, ...finding }) => finding) };
}

function keyOf({
  rule,
  template,
  logicalId,
  environment,
}: Pick<LedgerEvaluation, 'rule' | 'template' | 'logicalId' | 'environment'>): string {
  return `${rule} ${template === undefined ? environment : `${template} ${logicalId}`}`;
}

/** What blocks today. */
function openProblems(ledger: Ledger, assembly: Assembly): string[] {
  const { strict } = ledger.settings;
  const now = currentTime();
  const own = new Set(RULES.map(({ id }) => id));
  const judgements = judgeNow(ledger, assembly, now);
  return [
    ...ledger.alarms,
    ...(assembly.resources.some(({ type }) => type !== 'AWS::CDK::Metadata')
      ? []
      : ['Nothing was judged: there are no resources']),
    ...ledgerPart(assembly, judgements).evaluations.flatMap((each, index) => {
      if (!blocks(judgements[index], strict)) return [];
      const { exception } = each;
      return exception && isOver(exception.expires, now)
        ? [
            `${keyOf(each)}: its exception, ticket ${exception.ticket} of ${exception.owner}, has expired: it counted until ${exception.expires}`,
          ]
        : [`${keyOf(each)}: ${each.findings[0]?.problem ?? each.verdict}`];
    }),
    ...ledger.evaluations
      .filter(({ rule }) => !own.has(rule))
      .filter(({ severity, verdict }) => severity === 'error' && (verdict === 'fail' || (strict && verdict === 'undetermined')))
      .map((each) => `${keyOf(each)}: ${each.findings[0]?.problem ?? each.verdict}`),
    ...ledger.exceptions
      .filter(
        ({ rule, findings, state, expires }) => !own.has(rule) && findings > 0 && (state === 'expired' || isOver(expires, now)),
      )
      .map(
        ({ rule, at, owner, expires }) =>
          `${rule} at '${at}': the exception of ${owner} has expired: it counted until ${expires}`,
      ),
  ];
}

/** What a reviewer should see: the verdicts, and what was taken at its word. */
function declared(ledger: Ledger): string[] {
  const own = new Set(RULES.map(({ id }) => id));
  const strangers = ledger.rules.filter(({ rule }) => !own.has(rule));
  const exceptions = ledger.exceptions.filter(({ state, findings }) => state === 'active' && findings > 0);
  const of = (verdict: string) => ledger.evaluations.filter((each) => each.verdict === verdict).length;
  const verdicts = ['pass', 'fail', 'exception', 'inherited', 'undetermined'].map((verdict) => `${of(verdict)} ${verdict}`);
  return [
    '',
    `${count(ledger.templates.length, 'template')}, synthesized ${printable(ledger.synthesis.time)}: ${verdicts.join(', ')}${ledger.settings.strict ? ' (strict)' : ''}.`,
    'Declared by the app, and taken at its word:',
    ...indent([
      ...describeDeclarations(ledger),
      ...strangers.map(({ rule, slug }) => `rule of its own: ${printable(rule)} ${printable(slug)}`),
    ]),
    'Exceptions that count:',
    ...indent(
      exceptions.map(({ rule, slug, at, findings, owner, ticket, expires, reason }) =>
        printable(`${rule} ${slug} at '${at}' (${count(findings, 'finding')}), ${owner}, ${ticket}, until ${expires}: ${reason}`),
      ),
    ),
  ];
}

function indent(lines: readonly string[]): string[] {
  const width = screenWidth(process.stdout.isTTY === true) - 2;
  return (lines.length === 0 ? ['nothing'] : lines).flatMap((line) => wrap(line, width, '  ').map((part) => `  ${part}`));
}
