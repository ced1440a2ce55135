import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import pc from 'picocolors';
import { version } from '../../package.json';
import { isOver } from '../checks/declarations';
import { judge } from '../checks/judge';
import { expectedId, type Ledger, type LedgerEvaluation, ledgerPart } from '../checks/ledger';
import { currentTime } from '../checks/provenance';
import type { Assembly } from '../model/assembly';
import { InputError } from '../model/errors';
import { loadCloudAssembly } from '../model/load-cloud-assembly';
import { RULES } from '../rules';
import { LedgerFile } from './ledger-file';
import { CLEAN, FINDINGS, type Outcome } from './outcome';

/** How many problems of one kind are printed. */
const MOST_SHOWN = 10;

/**
 * The second lock: trusts neither the synthesis nor its exit code.
 *
 * It judges the templates again, compares the verdicts with the ledger, and fails on anything that is open.
 */
export function gate(folder: string): Outcome {
  if (!existsSync(join(folder, 'manifest.json')))
    throw new InputError(`${folder}: is no cloud assembly: it has no manifest.json; run cdk synth first`);
  const file = LedgerFile.in(folder);
  const problems = file.exists
    ? problemsOf(file.read(), loadCloudAssembly(folder, folder))
    : [`${file.path}: there is no ledger: add Soc2Checks to the app, and synthesize it`];
  if (problems.length === 0) {
    console.log(`${pc.green('The gate is open')}: the ledger of ${basename(folder)} is there, is true, and has no open errors.`);
    return CLEAN;
  }
  console.log(`${pc.red('The gate is closed')}:`);
  for (const problem of problems.slice(0, MOST_SHOWN)) console.log(`- ${problem}`);
  if (problems.length > MOST_SHOWN) console.log(`- and ${problems.length - MOST_SHOWN} more`);
  return FINDINGS;
}

function problemsOf(ledger: Ledger, assembly: Assembly): string[] {
  if (ledger.synthesis.versions['cdk-soc2'] !== version) {
    return [
      `The ledger was written by cdk-soc2 ${ledger.synthesis.versions['cdk-soc2']}; this is ${version}: use the same version`,
    ];
  }
  const stale = compareTemplates(ledger, assembly);
  if (stale.length > 0) return stale;
  const altered = [
    ...(expectedId(ledger) === ledger.synthesis.id ? [] : ['The ledger was altered: its id does not match its content']),
    ...compareVerdicts(ledger, assembly),
  ];
  return [...altered, ...openProblems(ledger)];
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

/** Judge again. Rules of the app's own are not known here: what the ledger says of them is taken as it is. */
function compareVerdicts(ledger: Ledger, assembly: Assembly): string[] {
  const { inherited, excluded, settings } = ledger;
  const own = new Set(RULES.map((rule) => rule.id));
  const known = excluded.filter(({ rule }) => RULES.some(({ id, slug }) => id === rule || slug === rule));
  const judgements = judge(assembly, {
    rules: RULES,
    now: new Date(ledger.synthesis.time),
    inherited: inherited,
    excluded: known,
    unwaivable: settings.unwaivable.filter((id) => own.has(id)),
  });
  const expected = new Map(ledgerPart(assembly, judgements).evaluations.map((each) => [keyOf(each), each]));
  const recorded = new Map(ledger.evaluations.filter(({ rule }) => own.has(rule)).map((each) => [keyOf(each), each]));
  return [
    ...[...expected].filter(([key]) => !recorded.has(key)).map(([key]) => `${key}: the ledger lacks this verdict`),
    ...[...recorded]
      .filter(([key]) => !expected.has(key))
      .map(([key]) => `${key}: the ledger has a verdict on something that is not there`),
    ...[...expected].flatMap(([key, { verdict }]) => {
      const found = recorded.get(key)?.verdict ?? verdict;
      return found === verdict ? [] : [`${key}: the ledger says '${found}', judged again it is '${verdict}'`];
    }),
  ];
}

function keyOf({ rule, template, logicalId, environment }: LedgerEvaluation): string {
  return `${rule} ${template === undefined ? environment : `${template} ${logicalId}`}`;
}

function openProblems(ledger: Ledger): string[] {
  const now = currentTime();
  const { strict } = ledger.settings;
  return [
    ...ledger.alarms,
    ...ledger.evaluations
      .filter(({ severity, verdict }) => severity === 'error' && (verdict === 'fail' || (strict && verdict === 'undetermined')))
      .map((each) => `${keyOf(each)}: ${each.findings[0]?.problem ?? each.verdict}`),
    ...ledger.exceptions
      .filter(
        ({ state, expires, findings }) => findings > 0 && state !== 'built-in' && (state === 'expired' || isOver(expires, now)),
      )
      .map(
        ({ rule, at, owner, expires }) =>
          `${rule} at '${at}': the exception of ${owner} has expired: it counted until ${expires}`,
      ),
  ];
}
