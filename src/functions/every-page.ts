/**
 * Ask for a list page by page until AWS names no next one.
 *
 * What lacks a page would look complete. So it throws when AWS leads in a circle, when AWS says that there is more and not how to get
 * it, and when there is no time for the rest.
 *
 * @param ask asks for a page by the token of the one before.
 * @param next the token that a page ends with; none on the last one.
 */
export async function* everyPage<Answer extends object>(
  ask: (token: string | undefined) => Promise<Answer>,
  next: (answer: Answer) => string | undefined,
  hasTime: () => boolean = () => true,
): AsyncGenerator<Answer> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    if (!hasTime()) throw new Error('there was no time for the rest of the list');
    const answer: Answer = await ask(token);
    yield answer;
    token = next(answer) || undefined;
    if (token === undefined) {
      // Not every service says so.
      if ((answer as { readonly IsTruncated?: boolean }).IsTruncated === true)
        throw new Error('AWS says that there is more, and not how to get it: a page is lost');
      return;
    }
    if (seen.has(token)) throw new Error('AWS led to a page that it had given before: what comes after it is not known');
    seen.add(token);
  } while (true);
}
