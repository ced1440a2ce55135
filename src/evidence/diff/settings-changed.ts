import type { Ledger } from '../../checks/ledger';

/** Settings, each in words. */
const SETTINGS: Readonly<Record<string, (ledger: Ledger) => string>> = {
  categories: ({ settings }) => settings.scope.join(', '),
  'undetermined values block': ({ settings }) => String(settings.strict),
  'rules without exceptions': ({ settings }) => settings.unwaivable.join(', ') || 'none',
  'acknowledgements of cdk-nag count': ({ settings }) => String(settings.honorNagAcknowledgements),
  version: ({ synthesis }) => synthesis.versions['cdk-soc2'] ?? 'not known',
};

/** What an app declares, one line each. */
const DECLARED: Readonly<Record<string, (ledger: Ledger) => readonly string[]>> = {
  'rule left out': ({ excluded }) => excluded.map(({ rule, reason }) => `${rule} (${reason})`),
  'provided elsewhere': ({ inherited }) => inherited.map(({ rule, owner, pointer }) => `${rule} by ${owner} (${pointer})`),
  'usual activity': ({ usualActivity = [] }) =>
    usualActivity.map(
      ({ name, at, covers, owner, expires }) => `${name} at ${at}, ${covers.join(', ')}; owner ${owner}, until ${expires}`,
    ),
  declaration: ({ declarations = [] }) =>
    declarations.map(({ kind, at, template, says }) => `${kind} of ${at} in ${template}: ${JSON.stringify(says)}`),
};

/** Settings of the audit and declarations that are not what they were, in words. */
export function settingsChanged(old: Ledger, now: Ledger): string[] {
  return [
    ...Object.entries(SETTINGS).flatMap(([name, of]) => (of(old) === of(now) ? [] : [`${name}: was ${of(old)}, is ${of(now)}`])),
    ...Object.entries(DECLARED).flatMap(([name, of]) => {
      const [before, after] = [of(old), of(now)];
      return [
        ...after.filter((line) => !before.includes(line)).map((line) => `${name}, new: ${line}`),
        ...before.filter((line) => !after.includes(line)).map((line) => `${name}, gone: ${line}`),
      ];
    }),
  ];
}
