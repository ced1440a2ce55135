import { isSecretText } from './secret-formats';
import { isSecretName } from './secret-names';

/** What sets a name to a text: in a shell, in YAML and JSON, in PowerShell. */
const ASSIGNMENTS = [
  /(?:^|[\s;&'"(-])([A-Za-z_][\w-]*)=["']?([^\s"';&|)]+)/gm,
  /^[ \t]*["']?([A-Za-z_][\w-]*)["']?:[ \t]+["']?([^\s"']+)["']?,?[ \t]*$/gm,
  /^[ \t]*\$(?:env:)?([A-Za-z_]\w*)[ \t]*=[ \t]*["']([^"'\s]+)["']/gm,
];

/** What stands for a text that is worked out when the script runs. */
const WORKED_OUT = /^[$`<{%*]/;

/** The name of the first secret that a script or configuration sets to a plain text; nothing when there is none. */
export function assignedSecret(script: string): string | undefined {
  for (const assignment of ASSIGNMENTS) {
    for (const [, name, text] of script.matchAll(assignment))
      if (isSecretName(name) && !WORKED_OUT.test(text) && isSecretText(text)) return name;
  }
  return undefined;
}

/** Names of secrets that a script sets to what is filled in for `${…}`, and what that is. */
export function filledSecrets(script: string): [secret: string, filler: string][] {
  return [...script.matchAll(/(?:^|[\s;&'"(-])([A-Za-z_][\w-]*)[=:]\s?["']?\$\{([A-Za-z0-9]+)\}/gm)]
    .filter(([, name]) => isSecretName(name))
    .map(([, name, filler]) => [name, filler]);
}
