import type { Ledger, LedgerEvaluation, LedgerException, LedgerSynthesis } from '../../checks/ledger';
import { type Column, columnOf } from '../counts';
import { isBlocking } from '../is-blocking';
import { environmentsChanged } from './environments-changed';
import { settingsChanged } from './settings-changed';

/** A result that is not what it was. */
export interface Change {
  readonly evaluation: LedgerEvaluation;
  readonly title: string;
  /** Undefined when there was no such result before, or is none any more. */
  readonly before?: Column;
  readonly after?: Column;
  readonly blockedBefore: boolean;
  readonly blocksNow: boolean;
  /** What was found that was not before. */
  readonly found: readonly string[];
}

/** An exception that lasts longer or shorter, has another owner, or covers more or less. */
export interface ExceptionChange {
  readonly before: LedgerException;
  readonly after: LedgerException;
}

/** What changed between two ledgers. */
export interface Comparison {
  /** What it is compared with: not always what a reader takes it for, such as the newest of a branch. */
  readonly base: Pick<LedgerSynthesis, 'time' | 'commit'>;
  /** Resources as `type name`, by whether they came or went. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Open errors and warnings that were not there before, and what did not block and does. */
  readonly worse: readonly Change[];
  /** What was open and is not any more. */
  readonly better: readonly Change[];
  /** What stands as it did, and of which more was found: an exception covers that too. */
  readonly more: readonly Change[];
  /** Other changes of verdicts. */
  readonly other: readonly Change[];
  readonly exceptionsAdded: readonly LedgerException[];
  readonly exceptionsRemoved: readonly LedgerException[];
  readonly exceptionsExpired: readonly LedgerException[];
  readonly exceptionsChanged: readonly ExceptionChange[];
  readonly rulesAdded: readonly string[];
  readonly rulesRemoved: readonly string[];
  /** Settings of the audit and what is declared, where it is not what it was, in words. */
  readonly settings: readonly string[];
  /** What environments are declared to be, where it is not what it was, in words. */
  readonly environments: readonly string[];
  /** What blocks although it is no result, and was not there before. */
  readonly alarms: readonly string[];
  /** Types with more or fewer resources that have no result, in words. */
  readonly unjudged: readonly string[];
  /** How many templates came, went, or are not what they were. */
  readonly templates: number;
  /** How many of what got worse, and of the alarms, stop synthesis. */
  readonly blocking: number;
}

const OPEN: readonly Column[] = ['error', 'warning', 'undetermined'];

export function compare(old: Ledger, now: Ledger): Comparison {
  const changes = changesOf(old, now);
  const worse = changes.filter(isWorse);
  const better = changes.filter((each) => !isWorse(each) && isBetter(each));
  const told = new Set([...worse, ...better]);
  const [exceptionsBefore, exceptionsAfter] = [exceptionsOf(old), exceptionsOf(now)];
  const [resourcesBefore, resourcesAfter] = [resourcesOf(old), resourcesOf(now)];
  const [rulesBefore, rulesAfter] = [rulesOf(old), rulesOf(now)];
  const environments = new Set(now.templates.map(({ environment }) => environment));
  const isThere = ({ evaluation: { template, logicalId, environment } }: Change) =>
    template === undefined ? environments.has(environment) : resourcesAfter.has(`${template}\n${logicalId}`);
  const alarms = now.alarms.filter((alarm) => !old.alarms.includes(alarm));
  return {
    base: old.synthesis,
    added: missing(resourcesAfter, resourcesBefore),
    removed: missing(resourcesBefore, resourcesAfter),
    worse,
    better,
    more: changes.filter((each) => each.before === each.after && !told.has(each)),
    other: changes.filter((each) => each.before !== undefined && each.before !== each.after && !told.has(each) && isThere(each)),
    exceptionsAdded: missing(exceptionsAfter, exceptionsBefore),
    exceptionsRemoved: missing(exceptionsBefore, exceptionsAfter),
    exceptionsExpired: [...exceptionsAfter]
      .filter(([key, each]) => each.state === 'expired' && exceptionsBefore.get(key)?.state !== 'expired')
      .map(([, each]) => each),
    exceptionsChanged: [...exceptionsAfter].flatMap(([key, after]) => {
      const before = exceptionsBefore.get(key);
      return before && isOther(before, after) ? [{ before, after }] : [];
    }),
    rulesAdded: missing(rulesAfter, rulesBefore),
    rulesRemoved: missing(rulesBefore, rulesAfter),
    settings: settingsChanged(old, now),
    environments: environmentsChanged(old, now),
    alarms,
    unjudged: unjudgedChanges(old, now),
    templates: templatesChanged(old, now),
    blocking: worse.filter(({ blocksNow }) => blocksNow).length + alarms.length,
  };
}

function changesOf(old: Ledger, now: Ledger): Change[] {
  const [before, after] = [byKey(old), byKey(now)];
  const titles = new Map([...old.rules, ...now.rules].map(({ rule, title }) => [rule, title]));
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const evaluation = (is ?? was)!;
    const change = {
      evaluation,
      title: titles.get(evaluation.rule) ?? '',
      before: was && columnOf(was),
      after: is && columnOf(is),
      blockedBefore: was !== undefined && isBlocking(was, old.settings.strict),
      blocksNow: is !== undefined && isBlocking(is, now.settings.strict),
      found: findingsOf(is).filter((finding) => !findingsOf(was).includes(finding)),
    };
    const isSame = change.before === change.after && change.blockedBefore === change.blocksNow && change.found.length === 0;
    return isSame ? [] : [change];
  });
}

function isWorse({ before, after, blockedBefore, blocksNow }: Change): boolean {
  return (blocksNow && !blockedBefore) || (isOpen(after) && rankOf(after) < rankOf(before));
}

function isBetter({ before, after, blockedBefore, blocksNow }: Change): boolean {
  return (blockedBefore && !blocksNow) || (isOpen(before) && rankOf(after) > rankOf(before));
}

function isOpen(column: Column | undefined): boolean {
  return column !== undefined && OPEN.includes(column);
}

/** How bad a column is: the lower, the worse. What is not there is no worse than a pass. */
function rankOf(column: Column | undefined): number {
  const rank = column === undefined ? -1 : OPEN.indexOf(column);
  return rank < 0 ? OPEN.length : rank;
}

function findingsOf(evaluation: LedgerEvaluation | undefined): string[] {
  return (evaluation?.findings ?? []).map(({ path, problem, found }) => `${path ? `${path}: ` : ''}${problem} (found ${found})`);
}

function isOther(before: LedgerException, after: LedgerException): boolean {
  const isOfPeople = after.state !== 'built-in';
  return before.expires !== after.expires || before.owner !== after.owner || (isOfPeople && before.findings !== after.findings);
}

function byKey({ evaluations }: Ledger): Map<string, LedgerEvaluation> {
  return new Map(evaluations.map((each) => [[each.rule, each.environment, each.template, each.logicalId].join('\n'), each]));
}

function resourcesOf({ evaluations }: Ledger): Map<string, string> {
  const found = new Map<string, string>();
  for (const { template, logicalId, resourceType, constructPath } of evaluations)
    if (template !== undefined && logicalId !== undefined)
      found.set(`${template}\n${logicalId}`, `${resourceType} ${constructPath ?? `${template} ${logicalId}`}`);
  return found;
}

function exceptionsOf({ exceptions }: Ledger): Map<string, LedgerException> {
  return new Map(exceptions.map((each) => [[each.rule, each.at, each.ticket, each.reason].join('\n'), each]));
}

function rulesOf({ rules }: Ledger): Map<string, string> {
  return new Map(rules.map(({ rule, title }) => [rule, `${rule} ${title}`]));
}

/** The values of those in the first that the second lacks. */
function missing<T>(first: ReadonlyMap<string, T>, second: ReadonlyMap<string, unknown>): T[] {
  return [...first].filter(([key]) => !second.has(key)).map(([, value]) => value);
}

/** Resources without a result are in no verdict: their numbers tell that they came or went. */
function unjudgedChanges(old: Ledger, now: Ledger): string[] {
  const [before, after] = [unjudgedIn(old), unjudgedIn(now)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((type) => [type, before.get(type) ?? 0, after.get(type) ?? 0] as const)
    .filter(([, was, is]) => was !== is)
    .map(([type, was, is]) => `${type}: ${was} before, ${is} now`);
}

function unjudgedIn({ population, evaluations }: Ledger): Map<string, number> {
  const judged = new Map<string, Set<string>>();
  for (const { resourceType = '', template, logicalId } of evaluations)
    judged.set(resourceType, (judged.get(resourceType) ?? new Set()).add(`${template}\n${logicalId}`));
  return new Map(
    population
      .filter(({ type }) => type !== 'AWS::CDK::Metadata')
      .map(({ type, count }) => [type, count - (judged.get(type)?.size ?? 0)]),
  );
}

function templatesChanged(old: Ledger, now: Ledger): number {
  const [before, after] = [old, now].map(({ templates }) => new Map(templates.map(({ path, sha256 }) => [path, sha256])));
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).length;
}
