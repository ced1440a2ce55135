/** Errors after which every other call would fail as well. */
const FATAL = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'RequestExpired',
  'TokenProviderError',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

/** Whether the credentials are at fault, so that nothing can go on before there are others. */
export function isFatal(error: unknown): boolean {
  return error instanceof Error && FATAL.has(error.name);
}

/** What went wrong, with the name that AWS gives it. */
export function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 500);
  const { name, message } = error;
  const said = message.replace(/\s+/g, ' ').trim();
  return (name === 'Error' || said.startsWith(name) ? said : `${name}: ${said}`).slice(0, 500);
}
