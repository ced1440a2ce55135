import type { Ledger, LedgerTemplate } from '../../checks/ledger';

const MOST_NAMED = 3;

/** What environments were and are declared to be, where that changed: it decides what rules and defaults ask of them. */
export function environmentsChanged(old: Ledger, now: Ledger): string[] {
  const before = new Map(old.templates.map((template) => [template.path, template]));
  const lines = new Map<string, string[]>();
  const told = new Set<string>();
  for (const template of now.templates) {
    const was = before.get(template.path);
    for (const change of was ? changesOf(was, template) : []) {
      const line = `${template.environment} ${change}`;
      lines.set(line, [...(lines.get(line) ?? []), template.stack ?? template.path]);
      told.add(template.environment);
    }
  }
  return [...[...lines].map(([line, stacks]) => `${line} (${named(stacks)})`), ...mixturesChanged(old, now, told)];
}

function changesOf({ declared: was }: LedgerTemplate, { declared: is }: LedgerTemplate): string[] {
  // Ledgers did not always record it.
  if (was === undefined || is === undefined) return [];
  return [
    ...(was?.kind === is?.kind ? [] : [kindChanged([was?.kind ?? ''], [is?.kind ?? ''])]),
    ...(was?.servesEveryEnvironment === is?.servesEveryEnvironment
      ? []
      : [`is ${is?.servesEveryEnvironment ? 'now' : 'no longer'} declared to serve every environment`]),
  ];
}

/** Environments of which other templates say something else, such as after stacks were renamed. */
function mixturesChanged(old: Ledger, now: Ledger, told: ReadonlySet<string>): string[] {
  const [before, after] = [kindsIn(old), kindsIn(now)];
  return [...after].flatMap(([environment, is]) => {
    const was = before.get(environment);
    if (!was || told.has(environment) || String(was) === String(is)) return [];
    return [`${environment} ${kindChanged(was, is)}`];
  });
}

/** The kinds that each environment is declared as; it is left out where its ledger does not record them. */
function kindsIn({ templates }: Ledger): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  for (const { environment, declared } of templates) {
    if (declared === undefined) continue;
    const known = kinds.get(environment) ?? [];
    kinds.set(environment, declared?.kind ? [...new Set([...known, declared.kind])].sort() : known);
  }
  return kinds;
}

function kindChanged(was: readonly string[], is: readonly string[]): string {
  const isWeaker = was.every(isAsProduction) && !is.every(isAsProduction);
  const now = words(is) === '' ? 'is no longer declared as anything' : `is now declared ${words(is)}`;
  const before = words(was) === '' ? 'was not declared' : `was ${words(was)}`;
  return `${now}; ${before}${isWeaker ? ': less is asked of it than of production' : ''}`;
}

/** What nobody declares is judged as production. */
function isAsProduction(kind: string): boolean {
  return kind === '' || kind === 'PRODUCTION';
}

function words(kinds: readonly string[]): string {
  return kinds.join(' and ').toLowerCase();
}

function named(stacks: readonly string[]): string {
  const others = stacks.length - MOST_NAMED;
  return `${stacks.slice(0, MOST_NAMED).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}
