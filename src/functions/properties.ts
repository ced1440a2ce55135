/** What a template says of a custom resource, in which CloudFormation has made text of every number and boolean. */
export type Properties = Readonly<Record<string, unknown>>;

/** A text that must be there. */
export function readText(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string' || value === '') throw new Error(`'${name}' must be a text, got ${shown(value)}`);
  return value;
}

/** A switch; off where nothing is said. */
export function readFlag(properties: Properties, name: string): boolean {
  const value = properties[name] ?? false;
  if (!['true', 'false'].includes(String(value))) throw new Error(`'${name}' must be true or false, got ${shown(value)}`);
  return String(value) === 'true';
}

/** A list of texts, one at least; of those that are allowed, where they are told. */
export function readList<Item extends string>(properties: Properties, name: string, allowed?: readonly Item[]): Item[] {
  const value = properties[name];
  const isRight = (item: unknown) => typeof item === 'string' && (allowed === undefined || allowed.includes(item as Item));
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRight)) {
    throw new Error(`'${name}' must be a list of ${allowed?.join(', ') ?? 'texts'}, got ${shown(value)}`);
  }
  return value;
}

/** The beginning of a value, on one line, for a message. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 100);
}
