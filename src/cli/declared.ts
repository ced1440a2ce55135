import { type ExclusionDeclaration, findRule, hasRule, type InheritedDeclaration } from '../checks/declarations';
import type { Ledger } from '../checks/ledger';
import { RULES } from '../rules';
import { LedgerFile } from './ledger-file';
import { printable } from './terminal';

/** What an app declared beyond its templates; its ledger records it. */
export interface Declarations {
  readonly inherited: readonly InheritedDeclaration[];
  readonly excluded: readonly ExclusionDeclaration[];
  readonly unwaivable: readonly string[];
}

export const NO_DECLARATIONS: Declarations = { inherited: [], excluded: [], unwaivable: [] };

/** What the app that wrote a cloud assembly declared; nothing when it left no ledger. */
export function declarationsIn(folder: string): Declarations {
  const file = LedgerFile.in(folder);
  return file.exists ? declarationsOf(file.read()) : NO_DECLARATIONS;
}

/** What a ledger says that its app declared. Rules of the app's own are not known here, so that nothing can be said of them. */
export function declarationsOf({ inherited, excluded, settings }: Ledger): Declarations {
  return {
    inherited: inherited.filter(({ rule }) => hasRule(RULES, rule)),
    excluded: excluded.filter(({ rule }) => hasRule(RULES, rule)),
    unwaivable: settings.unwaivable.filter((rule) => hasRule(RULES, rule)),
  };
}

/** The rules that were left out and the controls that somebody else provides, for a person to review; one line for each reason. */
export function describeDeclarations({ inherited, excluded }: Pick<Ledger, 'inherited' | 'excluded'>): string[] {
  const lines = new Map<string, string[]>();
  const say = (text: string, rule: string) => lines.set(text, [...(lines.get(text) ?? []), nameOf(rule)]);
  for (const { rule, reason } of excluded) say(`left out (${printable(reason)})`, rule);
  for (const { rule, owner, pointer } of inherited) say(`inherited from ${printable(owner)} (${printable(pointer)})`, rule);
  return [...lines].map(([text, rules]) => `${text}: ${rules.join(', ')}`);
}

function nameOf(name: string): string {
  if (!hasRule(RULES, name)) return printable(name);
  const { id, slug } = findRule(RULES, name);
  return `${id} ${slug}`;
}
