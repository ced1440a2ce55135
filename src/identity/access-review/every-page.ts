/** A page of an answer. */
export interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  /** What asks for the next page; none on the last one. */
  readonly next: string | undefined;
  /** Whether AWS says that there is more; not every service does. */
  readonly isTruncated?: boolean;
}

/**
 * Everything that is on all pages of an answer.
 *
 * A review that lacks a page would look complete: that there is more without a way to get it, and the same page over and over, are errors.
 */
export async function everyPage<Item>(what: string, read: (token: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { items, next, isTruncated } = await read(token);
    all.push(...(items ?? []));
    if (isTruncated && !next) throw new Error(`AWS says that there are more ${what}, and not how to get them: a page is lost`);
    if (next && seen.has(next)) throw new Error(`AWS sends the same page of ${what} again`);
    token = isTruncated === false ? undefined : next || undefined;
    if (token) seen.add(token);
  } while (token);
  return all;
}
