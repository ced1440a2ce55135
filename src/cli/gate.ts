import { version } from '../../package.json';
import { auditScope } from '../checks/audit-scope';
import { blocks } from '../checks/blocks';
import { isOver } from '../checks/declarations';
import { registerExceptions } from '../checks/exception-register';
import { judge } from '../checks/judge';
import { buildLedger, expectedId, type Ledger, type LedgerEvaluation, ledgerPart } from '../checks/ledger';
import { currentTime } from '../checks/provenance';
import type { Assembly } from '../model/assembly';
import { InputError } from '../model/errors';
import { isCloudAssembly, loadCloudAssembly } from '../model/load-cloud-assembly';
import { RULES } from '../rules';
import { compareLedgers, compareTemplates, nameOf } from './compare-ledgers';
import { declarationsOf, describeDeclarations } from './declared';
import { describeVerdicts } from './gate-verdicts';
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
  const stale = compareTemplates(ledger.templates, assembly.templates);
  if (stale.length > 0) return stale;
  const unaltered = expectedId(ledger) === ledger.synthesis.id;
  return [...(unaltered ? [] : ['The ledger was altered: its id does not match its content']), ...judgedAgain(ledger, assembly)];
}

/** What judging again says otherwise than the ledger, as of its time; and what blocks today. */
function judgedAgain(ledger: Ledger, assembly: Assembly): string[] {
  const judgeAsOf = (now: Date) => judge(assembly, { rules: RULES, now, ...declarationsOf(ledger) });
  const [then, now] = [new Date(ledger.synthesis.time), currentTime()];
  const judgements = judgeAsOf(then);
  const part = ledgerPart(assembly, judgements);
  const exceptions = registerExceptions([assembly], judgements, RULES, then);
  const { settings, inherited, excluded, alarms, notes, synthesis } = ledger;
  const again = buildLedger({
    ...{ settings, inherited, excluded, alarms, notes, exceptions },
    parts: [part],
    rules: RULES,
    time: then,
    versions: synthesis.versions,
  });

  const expired = exceptions.some(({ expires }) => isOver(expires, now) !== isOver(expires, then));
  const today = expired ? judgeAsOf(now) : judgements;
  const evaluations = expired ? ledgerPart(assembly, today).evaluations : part.evaluations;
  return [
    ...compareLedgers(ledger, again),
    ...(hasResources(assembly) ? [] : ['Nothing was judged: there are no resources']),
    ...evaluations.flatMap((each, index) => (blocks(today[index], settings.strict) ? [describeOpen(each, now)] : [])),
    ...recordedProblems(ledger, now),
  ];
}

function hasResources({ resources }: Assembly): boolean {
  return resources.some(({ type }) => type !== 'AWS::CDK::Metadata');
}

function describeOpen(evaluation: LedgerEvaluation, now: Date): string {
  const { exception, findings, verdict } = evaluation;
  const what =
    exception?.expires && isOver(exception.expires, now)
      ? `its exception, ticket ${exception.ticket} of ${exception.owner}, has expired: it counted until ${exception.expires}`
      : (findings[0]?.problem ?? verdict);
  return `${nameOf(evaluation)}: ${what}`;
}

/** What the ledger itself says of rules that are not known here, and of what is no verdict. */
function recordedProblems({ alarms, evaluations, exceptions, settings }: Ledger, now: Date): string[] {
  const own = new Set(RULES.map(({ id }) => id));
  const isOpen = ({ severity, verdict }: LedgerEvaluation) =>
    severity === 'error' && (verdict === 'fail' || (settings.strict && verdict === 'undetermined'));
  return [
    ...alarms,
    ...evaluations.filter((each) => !own.has(each.rule) && isOpen(each)).map((each) => describeOpen(each, now)),
    ...exceptions
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
  const { settings } = ledger;
  const own = new Set(RULES.map(({ id }) => id));
  const strangers = ledger.rules.filter(({ rule }) => !own.has(rule));
  const exceptions = ledger.exceptions.filter(
    ({ state, findings }) => (state === 'active' || state === 'acknowledged') && findings > 0,
  );
  const builtIn = ledger.exceptions.filter(({ state }) => state === 'built-in').reduce((sum, { findings }) => sum + findings, 0);
  return [
    '',
    ...describeVerdicts(ledger),
    'Declared by the app, and taken at its word:',
    ...indent([
      ...describeDeclarations({
        ...ledger,
        scope: auditScope(settings.scope, "'settings.scope'"),
        acknowledgedAs: settings.honorNagAcknowledgements,
      }),
      ...strangers.map(({ rule, slug }) => `rule of its own: ${printable(rule)} ${printable(slug)}`),
    ]),
    'Exceptions that count:',
    ...indent([
      ...exceptions.map(({ rule, slug, at, findings, owner, ticket, expires, reason, acknowledged }) => {
        const whose = acknowledged ? `acknowledged as ${acknowledged.join(', ')}` : `${owner}, ${ticket}, until ${expires}`;
        return printable(`${rule} ${slug} at '${at}' (${count(findings, 'finding')}), ${whose}: ${reason}`);
      }),
      ...(builtIn > 0 ? [`built in, for what CDK itself creates (${count(builtIn, 'finding')})`] : []),
    ]),
  ];
}

function indent(lines: readonly string[]): string[] {
  const width = screenWidth(process.stdout.isTTY === true) - 2;
  return (lines.length === 0 ? ['nothing'] : lines).flatMap((line) => wrap(line, width, '  ').map((part) => `  ${part}`));
}
