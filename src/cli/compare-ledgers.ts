import type { Ledger, LedgerContent, LedgerEvaluation, LedgerTemplate } from '../checks/ledger';
import type { Template } from '../model/template';
import { RULES } from '../rules';
import { printable } from './terminal';

/** Where the templates are not those that were judged. */
export function compareTemplates(judged: readonly LedgerTemplate[], found: readonly Template[]): string[] {
  const recorded = new Map(judged.map(({ path, sha256 }) => [path, sha256]));
  const actual = new Map(found.map(({ path, origin }) => [path, origin.sha256]));
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

/** What the ledger says otherwise than judging again. Rules of the app's own are not known here. */
export function compareLedgers(ledger: Ledger, again: LedgerContent): string[] {
  const own = new Set(RULES.map(({ id }) => id));
  const listed = new Set(ledger.rules.map(({ rule }) => rule));
  const unlisted = new Set(ledger.evaluations.map(({ rule }) => rule).filter((rule) => !listed.has(rule) && !own.has(rule)));
  const isKnown = ({ rule }: { readonly rule: string }) => own.has(rule);
  const isApplied = ({ findings }: { readonly findings: number }) => findings > 0;
  return [
    ...differences('this verdict', again.evaluations, ledger.evaluations.filter(isKnown), nameOf, substance),
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
      'this declaration',
      again.declarations,
      ledger.declarations ?? [],
      ({ kind, at, template }) => `${kind} of '${at}' in ${template}`,
    ),
    ...differences(
      'this usual activity',
      again.usualActivity,
      ledger.usualActivity ?? [],
      ({ template, at, name, expires }) => `${name} at '${at}' in ${template}, until ${expires}`,
      // Whether it counts still depends on the day.
      ({ state: _, ...declared }) => declared,
    ),
    ...differences(
      'this exception',
      again.exceptions.filter(isKnown).filter(isApplied),
      ledger.exceptions.filter(isKnown).filter(isApplied),
      ({ rule, at, reason, ticket, owner, acknowledged }) =>
        `${rule} at '${at}' (${acknowledged ? acknowledged.join(', ') : `${owner}, ${ticket}`}: ${reason})`,
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

/** What a verdict is about. */
export function nameOf({
  rule,
  template,
  logicalId,
  environment,
}: Pick<LedgerEvaluation, 'rule' | 'template' | 'logicalId' | 'environment'>): string {
  return `${rule} ${template === undefined ? environment : `${template} ${logicalId}`}`;
}
