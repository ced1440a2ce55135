/** Texts that are a secret wherever they stand: these formats are used for nothing else. */
const FORMATS: readonly (readonly [what: string, format: RegExp])[] = [
  ['an access key of AWS', /(?<![A-Z0-9])A(?:KIA|SIA(?=[A-Z]*[2-7]))[A-Z2-7]{16}(?![A-Z0-9])/],
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/],
  ['a token of GitHub', /(?<!\w)(?:gh[pousr]_\w{36}|github_pat_\w{22})/],
  ['a token of GitLab', /(?<![\w-])glpat-[\w-]{20}/],
  ['a token of Slack', /(?<!\w)xox[abeoprs]-[\w-]{10}/],
  ['a key of Stripe', /(?<!\w)[rs]k_live_\w{20}/],
  ['a key of SendGrid', /(?<!\w)SG\.[\w-]{20,}\.[\w-]{40}/],
  ['a token of npm', /(?<!\w)npm_\w{36}/],
  ['a password in a URL', /:\/\/(?:\$\{[^{}]*\}|[^\s:/@'"<>${}])*:(?![$<*{[%])[^\s:/@'"<>]+@/],
  ['a password in a connection string', /;\s*(?:password|pwd)\s*=\s*(?![$<*{[%/])[^\s;'"]{3}/i],
];

/** What kind of secret a text contains, whatever its name; nothing when it has none of the known formats. */
export function secretIn(text: string): string | undefined {
  return text.length < 10 ? undefined : FORMATS.find(([, format]) => format.test(text))?.[0];
}

/** Texts that say where a secret is, or are none: ARNs, addresses, paths of parameters, switches, small numbers. */
const POINTER =
  /^(?:|arn:.*|https?:\/\/.*|\/.*|(?:[a-z0-9_.-]+\/)+[a-z0-9_.-]+|[Tt]rue|TRUE|[Ff]alse|FALSE|yes|no|on|off|none|null|\d{1,5})$/;

/** Whether a text that has the name of a secret is more than a pointer to it; `${…}` in it stands for anything. */
export function isSecretText(text: string): boolean {
  return !POINTER.test(text.replace(/\$\{[^{}]*\}/g, 'x'));
}
