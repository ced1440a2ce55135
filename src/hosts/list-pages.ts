/**
 * Every page of a list, one after the other, as long as there is time. Fails for a list that goes in circles.
 *
 * @param read asks for a page by the token of the one before.
 * @param next the token that a page ends with; none on the last one.
 */
export async function* listPages<Page>(
  read: (token: string | undefined) => Promise<Page>,
  next: (page: Page) => string | undefined,
  hasTime: () => boolean,
): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    if (!hasTime()) throw new Error('there was no time for the rest of the list');
    const page = await read(token);
    yield page;
    token = next(page) || undefined;
    if (token !== undefined && seen.has(token)) throw new Error('the same page came again');
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
}
