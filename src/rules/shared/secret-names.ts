/** Where one word of a name ends and the next begins: `dbPassword`, `DBPassword`. */
const BOUNDARIES = /([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g;

const SECRET =
  /(?:PASSWORD|(?:^|_)(?:PASSWD|PASS_?PHRASE|CREDENTIALS?|SECRET|TOKEN|API_?KEY|(?:ACCESS|AUTH|PRIVATE|SECRET|SIGNING)_?KEY)|_(?:PASS|PWD))$/;

/** Words that make a name one of a setting, or of what everybody may know. */
const HARMLESS =
  /(?:^|_)(?:ALLOW|CSRF|DISABLE|ENABLE|HAS|IS|MAX|MIN|NEXT|NO|NUM|PUBLIC|PUBLISHABLE|REQUIRE|ROTATE|SHOW|SKIP|USE)[DS]?(?:_|$)/;

/** Whether a name ends in a word for a secret: `DB_PASSWORD`, `apiKey`, `splunk-token`; not `SECRET_ARN` or `TOKEN_URL`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(BOUNDARIES, '$1$2_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  return SECRET.test(words) && !HARMLESS.test(words);
}
