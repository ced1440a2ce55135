import { posix } from 'node:path';
import { type AuditScope, auditScope, FULL_SCOPE, outOfScope } from '../checks/audit-scope';
import {
  type ExclusionDeclaration,
  findRule,
  hasRule,
  type InheritedDeclaration,
  type NagAcknowledgement,
} from '../checks/declarations';
import type { AcknowledgedAs } from '../checks/judge';
import type { Ledger } from '../checks/ledger';
import { nagEquivalentsOf, wholeNagRule } from '../checks/nag-equivalents';
import { RULES } from '../rules';
import { LedgerFile } from './ledger-file';
import { count, printable } from './terminal';

/** What an app declared beyond its templates; its ledger records it. */
export interface Declarations {
  readonly inherited: readonly InheritedDeclaration[];
  readonly excluded: readonly ExclusionDeclaration[];
  readonly unwaivable: readonly string[];
  readonly scope: AuditScope;
  /** Set when acknowledgements of rules of cdk-nag count. They are in the code of the app; its ledger tells which there are. */
  readonly acknowledgedAs?: AcknowledgedAs;
}

export const NO_DECLARATIONS: Declarations = { inherited: [], excluded: [], unwaivable: [], scope: FULL_SCOPE };

/**
 * What the app that wrote a cloud assembly declared; nothing when it left no ledger.
 *
 * @param path what paths of its templates have in front.
 */
export function declarationsIn(folder: string, path: string): Declarations {
  const file = LedgerFile.in(folder);
  return file.exists ? declarationsOf(file.read(), path) : NO_DECLARATIONS;
}

/** What a ledger says that its app declared. Rules of the app's own are not known here, so that nothing can be said of them. */
export function declarationsOf(ledger: Ledger, path = ''): Declarations {
  const { inherited, excluded, settings } = ledger;
  return {
    inherited: inherited.filter(({ rule }) => hasRule(RULES, rule)),
    excluded: excluded.filter(({ rule }) => hasRule(RULES, rule)),
    unwaivable: settings.unwaivable.filter((rule) => hasRule(RULES, rule)),
    scope: auditScope(settings.scope, "'settings.scope'"),
    acknowledgedAs: settings.honorNagAcknowledgements ? acknowledgedIn(ledger, path) : undefined,
  };
}

/** What a ledger says of acknowledgements, as long as they are of rules that ask for the same. */
function acknowledgedIn({ evaluations }: Ledger, path: string): AcknowledgedAs {
  const known = new Map<string, NagAcknowledgement>();
  for (const { rule, template, logicalId, exception } of evaluations) {
    const { acknowledged: ids, at, reason = '' } = exception ?? {};
    if (template === undefined || !ids || ids.length === 0 || at === undefined || reason.trim() === '') continue;
    known.set(`${rule} ${posix.join(path, template)} ${logicalId}`, { ids, reason, at });
  }
  return (rule, { template, logicalId }) => {
    const found = known.get(`${rule.id} ${template.path} ${logicalId}`);
    const same = nagEquivalentsOf(rule).flatMap(({ ids }) => ids);
    return found?.ids.every((id) => same.includes(wholeNagRule(id))) ? found : undefined;
  };
}

/** How much is not audited; nothing when every category is. */
function describeScope(scope: AuditScope): string[] {
  const others = outOfScope(RULES, scope).length;
  return others === 0 ? [] : [`scope ${scope.join(', ')}: ${others} of ${count(RULES.length, 'rule')} judged nothing`];
}

type Described = Pick<Declarations, 'inherited' | 'excluded' | 'scope'> & { readonly acknowledgedAs?: unknown };

/**
 * What is audited, the rules that were left out and the controls that somebody else provides, for a person to review; one line for
 * each reason.
 */
export function describeDeclarations({ inherited, excluded, scope, acknowledgedAs }: Described): string[] {
  const lines = new Map<string, string[]>();
  const say = (text: string, rule: string) => lines.set(text, [...(lines.get(text) ?? []), nameOf(rule)]);
  for (const { rule, reason } of excluded) say(`left out (${printable(reason)})`, rule);
  for (const { rule, owner, pointer } of inherited) say(`inherited from ${printable(owner)} (${printable(pointer)})`, rule);
  return [
    ...describeScope(scope),
    ...[...lines].map(([text, rules]) => `${text}: ${rules.join(', ')}`),
    ...(acknowledgedAs ? ['acknowledgements of rules of cdk-nag count as exceptions'] : []),
  ];
}

function nameOf(name: string): string {
  if (!hasRule(RULES, name)) return printable(name);
  const { id, slug } = findRule(RULES, name);
  return `${id} ${slug}`;
}
