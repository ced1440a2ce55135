import type { Assembly } from '../model/assembly';
import type { Rule } from '../rules/rule';
import { type ExceptionDeclaration, exceptionsIn, isOver } from './declarations';
import type { Judgement } from './judge';
import type { LedgerException } from './ledger';

/**
 * Every exception that was declared or built in, and what became of it.
 *
 * @param elsewhere exceptions that no template records, because nothing below their construct is of a type the rule knows.
 */
export function registerExceptions(
  assemblies: readonly Assembly[],
  judgements: readonly Judgement[],
  rules: readonly Rule[],
  now: Date,
  elsewhere: readonly ExceptionDeclaration[] = [],
): LedgerException[] {
  const register = new Map<string, LedgerException>();
  const slugs = new Map(rules.map((rule) => [rule.id, rule.slug]));
  for (const declaration of [...declaredIn(assemblies), ...elsewhere]) {
    const state = isOver(declaration.expires, now) ? 'expired' : 'unused';
    const { rule, reason, owner, ticket, expires, at } = declaration;
    const record: LedgerException = { rule, slug: slugs.get(rule) ?? '', state, findings: 0, at, reason, owner, ticket, expires };
    register.set(keyOf(record), register.get(keyOf(record)) ?? record);
  }
  for (const { evaluation, exception } of judgements) {
    if (!exception) continue;
    const { declaration, state } = exception;
    const { id: rule, slug } = evaluation.rule;
    const declared = [...register.values()].find((each) => each.rule === rule && sameDeclaration(each, declaration));
    const record = declared ?? { rule, slug, state, findings: 0, at: '', ...declaration };
    register.set(keyOf(record), { ...record, state, findings: record.findings + 1 });
  }
  return [...register.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function* declaredIn(assemblies: readonly Assembly[]): Generator<ExceptionDeclaration> {
  for (const assembly of assemblies) {
    for (const template of assembly.templates) yield* exceptionsIn(template.body);
    for (const entry of assembly.resources) yield* exceptionsIn(entry.body);
  }
}

type Declared = Pick<ExceptionDeclaration, 'reason' | 'owner' | 'ticket' | 'expires'>;

function sameDeclaration(a: Declared, b: Declared): boolean {
  return a.reason === b.reason && a.owner === b.owner && a.ticket === b.ticket && a.expires === b.expires;
}

function keyOf({ rule, at, owner, ticket, expires, reason }: LedgerException): string {
  return [rule, at, owner, ticket, expires, reason].join('\n');
}
