/** An object of an event, whatever is in it. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is at a dotted path; the first of a list stands for the list. Nothing that an event lacks is an error. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => {
    const one = Array.isArray(found) ? found[0] : found;
    return isFields(one) && Object.hasOwn(one, key) ? one[key] : undefined;
  }, value);
}

/** The text, or the number as text, at the first of some paths that has one; of a list, the first. */
export function text(value: unknown, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const [found] = [at(value, path)].flat();
    if (typeof found === 'string' && found.trim() !== '') return found;
    if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  }
  return undefined;
}

export function number(value: unknown, path: string): number | undefined {
  const found = at(value, path);
  const read = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

/** The objects in the list at a path. */
export function list(value: unknown, path: string): Fields[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isFields) : isFields(found) ? [found] : [];
}

/** Those parts that there are, in one text. */
export function join(separator: string, ...parts: readonly (string | undefined)[]): string | undefined {
  const there = parts.filter((part) => part !== undefined && part !== '');
  return there.length === 0 ? undefined : there.join(separator);
}
