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
  /** Keys of the register, by what a verdict says of its exception: not where that was declared. */
  const keys = new Map<string, string>();
  const slugOf = (id: string) => rules.find((rule) => rule.id === id)?.slug ?? '';
  const enter = (record: LedgerException) => {
    const key = keyOf(record);
    if (!register.has(key)) register.set(key, record);
    if (!keys.has(wordsOf(record))) keys.set(wordsOf(record), key);
  };
  for (const declaration of [...declaredIn(assemblies), ...elsewhere]) {
    const state = isOver(declaration.expires, now) ? 'expired' : 'unused';
    const { rule, reason, owner, ticket, expires, at } = declaration;
    enter({ rule, slug: slugOf(rule), state, findings: 0, at, reason, owner, ticket, expires });
  }
  for (const { evaluation, exception } of judgements) {
    if (!exception) continue;
    const { declaration, state, acknowledgement } = exception;
    const { id: rule, slug } = evaluation.rule;
    const { at = '', ids: acknowledged } = acknowledgement ?? {};
    const record: LedgerException = { rule, slug, state, findings: 0, at, ...declaration, acknowledged };
    if (!keys.has(wordsOf(record))) enter(record);
    const key = keys.get(wordsOf(record))!;
    const known = register.get(key)!;
    register.set(key, { ...known, state, findings: known.findings + 1 });
  }
  return [...register.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function* declaredIn(assemblies: readonly Assembly[]): Generator<ExceptionDeclaration> {
  for (const assembly of assemblies) {
    for (const template of assembly.templates) yield* exceptionsIn(template.body);
    for (const entry of assembly.resources) yield* exceptionsIn(entry.body);
  }
}

function wordsOf(record: LedgerException): string {
  if (record.acknowledged) return keyOf(record);
  const { rule, owner, ticket, expires, reason } = record;
  return [rule, owner, ticket, expires, reason].join('\n');
}

function keyOf({ rule, at, owner, ticket, expires, reason, acknowledged = [] }: LedgerException): string {
  return [rule, at, owner, ticket, expires, reason, ...acknowledged].join('\n');
}
